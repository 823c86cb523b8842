package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;

import java.nio.ByteBuffer;

/** Effects of a {@link Session}. Implementations must not call back into the session. */
public interface SessionSink {
    /**
     * Reserves room for one outgoing datagram; {@link #commit} sends it. A claim that is not
     * committed has no effect.
     *
     * @param socket index into {@link Session#sockets}
     * @param to where the datagram goes
     * @param maxBytes upper bound of its length
     * @return where in {@link #buffer} to write it
     */
    int claim(int socket, Endpoint to, int maxBytes);

    /**
     * The buffer that claimed datagrams are written into, big-endian.
     *
     * @param socket index into {@link Session#sockets}
     */
    ByteBuffer buffer(int socket);

    /**
     * Sends the claimed datagram.
     *
     * @param socket index into {@link Session#sockets}
     * @param bytes its length
     */
    void commit(int socket, int bytes);

    /**
     * Hands over the next packet in order; a receiver's output. The block and its buffer are valid
     * during the call only.
     *
     * @param block the packet
     */
    void deliver(MediaBlock block);

    /**
     * Hands over an out-of-band datagram. The buffer is valid during the call only.
     *
     * @param path row of the path that brought it
     * @param protocolType its EtherType; {@code 0x0800} for what should be an IP packet
     * @param buffer holds it
     * @param at where it begins
     * @param bytes its length
     */
    default void outOfBand(int path, int protocolType, ByteBuffer buffer, int at, int bytes) {}

    /**
     * Tells of something rare.
     *
     * @param event what happened
     */
    void event(SessionEvent event);
}
