package io.rist4j.session.transport;

/** Makes the transport of a socket. */
@FunctionalInterface
public interface TransportMaker {
    /**
     * Makes one.
     *
     * @param outlet where its own datagrams leave
     */
    DatagramTransport make(TransportOutlet outlet);
}
