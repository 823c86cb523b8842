package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The retransmission request by bitmasks, the generic NACK (TR-06-1:2020 §5.3.2.1, RFC 4585
 * §6.2.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P| FMT = 1 |   type = 205  |      length = records + 2     |
 * +---+-+---------+---------------+-------------------------------+
 * |                    SSRC of packet sender                      |
 * +---------------------------------------------------------------+
 * |                     SSRC of media source                      |
 * +-------------------------------+-------------------------------+
 * |         first missing         |  the 16 after it, bit 0 next  |  one record, repeated
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class BitmaskRequest {
    /** Length of a request without records. */
    public static final int FIXED_BYTES = 12;

    /** Length of one record. */
    public static final int RECORD_BYTES = 4;

    /** The most records that TR-06-1:2020 §5.3.2.3 suggests for one packet. */
    public static final int MAX_RECORDS = 16;

    /** The most runs that {@link ControlHandler#onMissing} is told of for one record. */
    public static final int MAX_RUNS_PER_RECORD = 9;

    static final int FORMAT = 1;

    private static final int MEDIA_SSRC = 8;
    private static final int MASK_BITS = 16;

    private BitmaskRequest() {}

    static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        int mediaSsrc = b.getInt(at + MEDIA_SSRC);
        for (int i = at + FIXED_BYTES; i < at + bytes; i += RECORD_BYTES) {
            int first = b.getShort(i) & 0xFFFF;
            int missing = ((b.getShort(i + 2) & 0xFFFF) << 1) | 1; // bit n: first + n is missing
            while (missing != 0) {
                int offset = Integer.numberOfTrailingZeros(missing);
                int run = Integer.numberOfTrailingZeros(~(missing >>> offset));
                handler.onMissing(mediaSsrc, (first + offset) & 0xFFFF, run - 1);
                missing &= -1 << (offset + run);
            }
        }
        return Verdict.OK;
    }

    /**
     * Packs missing sequence numbers into one request packet, whose length {@link
     * RtcpReader#packetBytes} then tells.
     *
     * @param b where to write, with room for {@link #FIXED_BYTES} and {@code maxRecords} records
     * @param at where to begin
     * @param packetSenderSsrc who asks
     * @param mediaSsrc the media source
     * @param sequences missing sequence numbers, ascending in flow order; their low 16 bits are
     *     written, so both widened and wrapping 16-bit numbers will do
     * @param from index of the first to pack
     * @param to index after the last to pack, more than {@code from}
     * @param maxRecords at least 1; {@link #MAX_RECORDS} suits every peer
     * @return how many sequence numbers were packed, at least 1
     */
    public static int write(
            ByteBuffer b,
            int at,
            int packetSenderSsrc,
            int mediaSsrc,
            long[] sequences,
            int from,
            int to,
            int maxRecords) {
        int record = at + FIXED_BYTES;
        int end = record + RECORD_BYTES * maxRecords;
        int next = RequestPacking.checked(from, to, maxRecords);
        while (next < to && record < end) {
            long first = sequences[next++];
            int mask = 0;
            while (next < to) {
                int distance = RequestPacking.distance(first, sequences[next]);
                if (distance < 1 || distance > MASK_BITS) {
                    break;
                }
                mask |= 1 << (distance - 1);
                next++;
            }
            b.putShort(record, (short) first);
            b.putShort(record + 2, (short) mask);
            record += RECORD_BYTES;
        }
        int bytes = record - at;
        RtcpHeader.write(b, at, FORMAT, RtcpHeader.TRANSPORT_FEEDBACK, bytes, packetSenderSsrc);
        b.putInt(at + MEDIA_SSRC, mediaSsrc);
        return next - from;
    }
}
