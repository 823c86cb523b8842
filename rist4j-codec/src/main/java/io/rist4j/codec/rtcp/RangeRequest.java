package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The retransmission request by ranges (TR-06-1:2020 §5.3.2.2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P|    0    |   type = 204  |      length = records + 2     |
 * +---+-+---------+---------------+-------------------------------+
 * |                     SSRC of media source                      |
 * +---------------------------------------------------------------+
 * |                            "RIST"                             |
 * +-------------------------------+-------------------------------+
 * |        first missing          |  how many more after it       |  one record, repeated
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>Spec: at most 16 records. libRIST: up to 199 (trap T10), and a run over 65535 to 0 in two
 * records (trap T14). Ours: reads any number, writes as many as the caller allows and runs over the
 * wrap in one record.
 */
public final class RangeRequest {
    /** Length of a request without records. */
    public static final int FIXED_BYTES = RtcpHeader.APPLICATION_FIXED_BYTES;

    /** Length of one record. */
    public static final int RECORD_BYTES = 4;

    /** The most records that TR-06-1:2020 §5.3.2.2 allows in one packet. */
    public static final int MAX_RECORDS = 16;

    static final int SUBTYPE = 0;

    private static final int MAX_ADDITIONAL = 0xFFFF;

    private RangeRequest() {}

    static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        int mediaSsrc = RtcpHeader.ssrc(b, at);
        for (int i = at + FIXED_BYTES; i < at + bytes; i += RECORD_BYTES) {
            handler.onMissing(mediaSsrc, b.getShort(i) & 0xFFFF, b.getShort(i + 2) & 0xFFFF);
        }
        return Verdict.OK;
    }

    /**
     * Packs missing sequence numbers into one request packet, whose length {@link
     * RtcpReader#packetBytes} then tells.
     *
     * @param b where to write, with room for {@link #FIXED_BYTES} and {@code maxRecords} records
     * @param at where to begin
     * @param packetSenderSsrc not carried by this format
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
            int first = next++;
            int additional = 0;
            while (next < to
                    && additional < MAX_ADDITIONAL
                    && RequestPacking.distance(sequences[next - 1], sequences[next]) == 1) {
                additional++;
                next++;
            }
            b.putShort(record, (short) sequences[first]);
            b.putShort(record + 2, (short) additional);
            record += RECORD_BYTES;
        }
        RtcpHeader.writeApplication(b, at, SUBTYPE, record - at, mediaSsrc);
        return next - from;
    }
}
