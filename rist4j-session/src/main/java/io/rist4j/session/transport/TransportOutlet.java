package io.rist4j.session.transport;

import io.rist4j.core.address.Endpoint;

import java.nio.ByteBuffer;

/** Where a transport's own datagrams leave: those of its handshakes. */
public interface TransportOutlet {
    /**
     * Reserves room for one; {@link #commit} sends it.
     *
     * @param to where it goes
     * @param mostBytes upper bound of its length
     * @return where in {@link #buffer} to write it
     */
    int claim(Endpoint to, int mostBytes);

    /** What datagrams are written into, big-endian. */
    ByteBuffer buffer();

    /**
     * Sends the claimed datagram.
     *
     * @param bytes its length
     */
    void commit(int bytes);
}
