package io.rist4j.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * What all RTCP packets begin with (RFC 3550 §6.4.1), and the types that they have.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P|  count  |     type      |   length in words, minus 1    |
 * +---+-+---------+---------------+-------------------------------+
 * |                             SSRC                              |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The count is of blocks, chunks or sources, or else a subtype or format. Application packets of
 * RIST (TR-06-1:2020 §5.2.6, §5.3.2.2) go on with the name "RIST".
 */
final class RtcpHeader {
    static final int FIXED_BYTES = 4;
    static final int SSRC = 4;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int APPLICATION = 204;
    static final int TRANSPORT_FEEDBACK = 205;

    /** An extended report (RFC 3611); libRIST 0.2.12 sends it with 77 (trap T16). */
    static final int EXTENDED_REPORT = 207;

    static final int EXTENDED_REPORT_OF_LIBRIST = 77;

    /** Where application packets hold their name. */
    static final int NAME = 8;

    static final int RIST = 0x5249_5354;

    /** Length of an application packet up to its name. */
    static final int APPLICATION_FIXED_BYTES = 12;

    private static final int VERSION = 2;
    private static final int PADDING_FLAG = 0x20;

    private RtcpHeader() {}

    static boolean isVersionKnown(ByteBuffer b, int at) {
        return (b.get(at) & 0xFF) >>> 6 == VERSION;
    }

    static boolean hasPadding(ByteBuffer b, int at) {
        return (b.get(at) & PADDING_FLAG) != 0;
    }

    static int count(ByteBuffer b, int at) {
        return b.get(at) & 0x1F;
    }

    static int type(ByteBuffer b, int at) {
        return b.get(at + 1) & 0xFF;
    }

    /** Length of the whole packet in bytes, 4..262144. */
    static int packetBytes(ByteBuffer b, int at) {
        return ((b.getShort(at + 2) & 0xFFFF) + 1) * 4;
    }

    static int ssrc(ByteBuffer b, int at) {
        return b.getInt(at + SSRC);
    }

    static void write(ByteBuffer b, int at, int count, int type, int packetBytes, int ssrc) {
        b.put(at, (byte) ((VERSION << 6) | count));
        b.put(at + 1, (byte) type);
        b.putShort(at + 2, (short) ((packetBytes / 4) - 1));
        b.putInt(at + SSRC, ssrc);
    }

    /** Writes the head of a RIST application packet, {@link #APPLICATION_FIXED_BYTES} long. */
    static void writeApplication(ByteBuffer b, int at, int subtype, int packetBytes, int ssrc) {
        write(b, at, subtype, APPLICATION, packetBytes, ssrc);
        b.putInt(at + NAME, RIST);
    }
}
