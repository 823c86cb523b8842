package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import java.nio.ByteBuffer;

/**
 * One UDP socket that sends and receives in batches. Belongs to one pump; every method is called on
 * its thread.
 *
 * <p>Sending: {@link #claim} room, write the datagram into {@link #sendBuffer} at the claimed
 * place, {@link #commit} it. Committed datagrams leave in order at the next {@link #flush} (the
 * pump flushes after each round), or earlier when the batch is full. A datagram that the kernel
 * refuses is counted and dropped; sending never blocks.
 */
public interface DatagramPort extends AutoCloseable {
    /** The largest datagram that can be claimed or received, in bytes. */
    int MAX_DATAGRAM_BYTES = 10_000;

    /**
     * The buffer that the claimed datagram is written into; big-endian. Another one after each
     * claim, perhaps.
     */
    ByteBuffer sendBuffer();

    /**
     * Reserves room for one datagram. A second claim without a commit replaces the first.
     *
     * @param to its destination
     * @param maxBytes upper bound of its length, at most {@link #MAX_DATAGRAM_BYTES}
     * @return where in {@link #sendBuffer} to write it
     */
    int claim(Endpoint to, int maxBytes);

    /**
     * Appends the claimed datagram to the batch.
     *
     * @param bytes its length, at most what was claimed
     */
    void commit(int bytes);

    /** Sends everything committed. */
    void flush();

    /**
     * Reads what has arrived and hands it to the handler of this port.
     *
     * @param maxDatagrams stops after about so many; a batch already read is always handed over
     *     whole
     * @return how many datagrams were handed over
     */
    int receive(int maxDatagrams);

    /** The local address and port that the socket is bound to. */
    Endpoint localEndpoint();

    /** What the port did so far, and what the system granted it. */
    PortStats stats();

    /** What the system refused, by reason: a live object of the port's thread. */
    PortRefusals refusals();

    /** Closes the socket. Committed datagrams that were not flushed are dropped. */
    @Override
    void close();
}
