package io.rist4j.session.link;

import java.nio.ByteBuffer;

/** One way to write a retransmission request (TR-06-1:2020 §5.3.2). */
@FunctionalInterface
public interface RequestWriter {
    /**
     * Writes one request packet.
     *
     * @param b where to write
     * @param at where to begin
     * @param ownSsrc who asks
     * @param mediaSsrc the flow that misses packets
     * @param sequences those missing, ascending
     * @param from index of the first to ask for
     * @param to index behind the last
     * @param records most records in the packet
     * @return how many of the sequences it asks for
     */
    int write(
            ByteBuffer b,
            int at,
            int ownSsrc,
            int mediaSsrc,
            long[] sequences,
            int from,
            int to,
            int records);
}
