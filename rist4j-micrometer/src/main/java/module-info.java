/** Statistics of senders and receivers as Micrometer meters. */
module io.rist4j.micrometer {
    requires static transitive org.jspecify;
    requires transitive io.rist4j;
    requires transitive micrometer.core;

    exports io.rist4j.micrometer;
}
