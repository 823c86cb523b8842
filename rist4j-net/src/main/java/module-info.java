/** Datagram ports and the pump: the only library module with sockets and threads. */
module io.rist4j.net {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.core;
    requires jdk.net;

    exports io.rist4j.net;

    uses io.rist4j.net.PortProvider;
}
