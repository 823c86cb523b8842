/** A batching datagram port for Linux through java.lang.foreign. */
module io.rist4j.linux {
    requires static transitive org.jspecify;
    requires io.rist4j.net;
}
