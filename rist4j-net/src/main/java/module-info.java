/**
 * Datagram ports, network devices and the pump: the only library module with sockets and threads.
 */
module io.rist4j.net {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.core;
    requires jdk.net;

    exports io.rist4j.net;
    exports io.rist4j.net.tun;

    uses io.rist4j.net.PortProvider;
}
