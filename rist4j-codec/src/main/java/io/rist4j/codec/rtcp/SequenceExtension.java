package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * EXTSEQ, the upper half of the sequence numbers in the retransmission request that follows it
 * (TR-06-2:2022 §8.4).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P|    1    |   type = 204  |          length = 3           |
 * +---+-+---------+---------------+-------------------------------+
 * |                     SSRC of media source                      |
 * +---------------------------------------------------------------+
 * |                            "RIST"                             |
 * +-------------------------------+-------------------------------+
 * |    upper 16 sequence bits     |               0               |
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>Spec: it holds for the requests behind it until the next one, or the end of the compound; a
 * receiver that misses packets with different upper halves repeats it before each request. libRIST:
 * reads it, goes by the lower half all the same, and never sends it.
 */
public final class SequenceExtension {
    /** Length of the packet. */
    public static final int BYTES = 16;

    static final int SUBTYPE = 1;

    private static final int HIGH = 12;
    private static final int RESERVED = 14;

    private SequenceExtension() {}

    static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        if (bytes < BYTES) {
            return Verdict.TRUNCATED;
        }
        handler.onSequenceExtension(RtcpHeader.ssrc(b, at), b.getShort(at + HIGH) & 0xFFFF);
        return Verdict.OK;
    }

    /**
     * How far one extension reaches: index after the last sequence number with the same upper half
     * as the first.
     *
     * @param sequences widened sequence numbers, ascending
     * @param from index of the first
     * @param to index after the last, more than {@code from}
     * @return {@code from + 1} .. {@code to}
     */
    public static int reach(long[] sequences, int from, int to) {
        long high = sequences[from] >>> 16;
        int next = from + 1;
        while (next < to && sequences[next] >>> 16 == high) {
            next++;
        }
        return next;
    }

    /**
     * A sequence number of a request with the upper half that was told before it.
     *
     * @param high upper 16 bits
     * @param sequence16 from the request, 0..65535
     * @return 32 bits
     */
    public static long extend(int high, long sequence16) {
        return ((long) high << 16) | sequence16;
    }

    /**
     * Writes the packet.
     *
     * @param b where to write, with room for {@link #BYTES}
     * @param at where to begin
     * @param mediaSsrc the media source
     * @param high upper 16 bits of the sequence numbers that the next request names
     * @return the bytes written, {@link #BYTES}
     */
    public static int write(ByteBuffer b, int at, int mediaSsrc, int high) {
        RtcpHeader.writeApplication(b, at, SUBTYPE, BYTES, mediaSsrc);
        b.putShort(at + HIGH, (short) high);
        b.putShort(at + RESERVED, (short) 0);
        return BYTES;
    }
}
