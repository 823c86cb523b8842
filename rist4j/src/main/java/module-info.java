/** RIST for the JVM: senders, receivers, configuration, statistics and events. */
module io.rist4j {
    requires static transitive org.jspecify;
    requires io.rist4j.session;
    requires io.rist4j.net;
}
