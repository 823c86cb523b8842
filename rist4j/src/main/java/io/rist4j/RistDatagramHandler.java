package io.rist4j;

import java.nio.ByteBuffer;

/** Takes out-of-band datagrams, on the network thread; must not block. */
@FunctionalInterface
public interface RistDatagramHandler {
    /**
     * Takes a datagram. It may be lost, doubled or out of order, and comes from whoever the path's
     * peer is.
     *
     * @param path number of the path in the statistics
     * @param etherType what it is: {@link RistHandle#IP} for what should be an IP packet. libRIST
     *     0.2.12 cuts the first four bytes off those that it sends
     * @param datagram its bytes, valid during the call only
     */
    void onDatagram(int path, int etherType, ByteBuffer datagram);
}
