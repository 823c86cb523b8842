package io.rist4j.codec.rtp;

import java.nio.ByteBuffer;

/**
 * The RIST header extension of RTP (TR-06-2:2022 §8.3): deleted null packets, and the high half of
 * the sequence number. GStreamer uses it on the Simple profile too.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |      'R'      |      'I'      |           length = 1          |
 * +-+-+-----+-----+-+-------------+-------------------------------+
 * |N|E|size |0 0 0|T|   deleted   |  high half of the sequence    |
 * +-+-+-----+-----+-+-------------+-------------------------------+
 * </pre>
 *
 * <p>Accessors take the offset that {@link #find} gave. Size, T and deleted mean nothing unless N
 * is set, the high half nothing unless E is set.
 *
 * <p>This is the only extension that may be sent to libRIST, which skips 8 bytes whatever length an
 * extension declares (trap T19).
 */
public final class RistExtension {
    /** Length of the extension with its own header. */
    public static final int BYTES = 8;

    /** How many bits of a sequence number there are with its high half. */
    public static final int SEQUENCE_BITS = 32;

    /** What {@link #find} answers when a packet has no such extension. */
    public static final int NONE = -1;

    /** The most transport packets that one media packet can describe. */
    public static final int MAX_TRANSPORT_PACKETS = 7;

    private static final int NAME_AND_LENGTH = 0x5249_0001;
    private static final int FLAGS = 4;
    private static final int DELETED = 5;
    private static final int SEQUENCE_HIGH = 6;

    private static final int NULL_DELETION = 0x80;
    private static final int SEQUENCE = 0x40;
    private static final int SIZE_SHIFT = 3;
    private static final int LONG_PACKETS = 0x80;

    private RistExtension() {}

    /**
     * Finds the extension of a media packet.
     *
     * @param b holds a packet that {@link RtpHeader#read} accepted
     * @param at where the packet begins
     * @param bytes its length
     * @return where the extension begins, or {@link #NONE}
     */
    public static int find(ByteBuffer b, int at, int bytes) {
        int start = at + RtpHeader.FIXED_BYTES + 4 * RtpHeader.csrcCount(b, at);
        boolean found =
                RtpHeader.hasExtension(b, at)
                        && at + bytes - start >= BYTES
                        && b.getInt(start) == NAME_AND_LENGTH;
        return found ? start : NONE;
    }

    /** N: whether null packets may have been deleted. */
    public static boolean hasNullDeletion(ByteBuffer b, int at) {
        return (b.get(at + FLAGS) & NULL_DELETION) != 0;
    }

    /** E: whether the high half of the sequence number is given. */
    public static boolean hasSequence(ByteBuffer b, int at) {
        return (b.get(at + FLAGS) & SEQUENCE) != 0;
    }

    /** How many transport packets there were before deletion, 1..7; 0 when it must be derived. */
    public static int transportPackets(ByteBuffer b, int at) {
        return (b.get(at + FLAGS) >>> SIZE_SHIFT) & 7;
    }

    /** T: transport packets are 204 bytes long, not 188. */
    public static boolean isLongPackets(ByteBuffer b, int at) {
        return (b.get(at + DELETED) & LONG_PACKETS) != 0;
    }

    /**
     * Where null packets were deleted, 7 bits: bit 6 stands for the first transport packet of the
     * payload, bit 0 for the seventh.
     */
    public static int deleted(ByteBuffer b, int at) {
        return b.get(at + DELETED) & 0x7F;
    }

    /** The upper 16 bits of the sequence number. */
    public static int sequenceHigh(ByteBuffer b, int at) {
        return b.getShort(at + SEQUENCE_HIGH) & 0xFFFF;
    }

    /**
     * The sequence number with as many bits as the packet tells.
     *
     * @param b holds the extension
     * @param at where it begins
     * @param sequence16 from the fixed header, 0..65535
     * @return 32 bits when E is set, {@code sequence16} otherwise
     */
    public static long sequence(ByteBuffer b, int at, long sequence16) {
        return hasSequence(b, at) ? ((long) sequenceHigh(b, at) << 16) | sequence16 : sequence16;
    }

    /**
     * Writes an extension.
     *
     * @param b where to write, with room for {@link #BYTES}
     * @param at where to begin, right after a header that announces an extension
     * @param deleted as in {@link #deleted}, or {@link #NONE} when null packets are not deleted
     * @param longPackets whether transport packets are 204 bytes long
     * @param sequenceHigh upper 16 bits of the sequence number, or {@link #NONE} without them
     * @return the bytes written, {@link #BYTES}
     */
    public static int write(
            ByteBuffer b, int at, int deleted, boolean longPackets, int sequenceHigh) {
        int flags = (deleted == NONE ? 0 : NULL_DELETION) | (sequenceHigh == NONE ? 0 : SEQUENCE);
        b.putInt(at, NAME_AND_LENGTH);
        b.put(at + FLAGS, (byte) flags);
        int deletion = deleted == NONE ? 0 : (longPackets ? LONG_PACKETS : 0) | (deleted & 0x7F);
        b.put(at + DELETED, (byte) deletion);
        b.putShort(at + SEQUENCE_HIGH, (short) (sequenceHigh == NONE ? 0 : sequenceHigh));
        return BYTES;
    }
}
