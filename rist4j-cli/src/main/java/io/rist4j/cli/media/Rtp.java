package io.rist4j.cli.media;

import java.nio.ByteBuffer;

/** The RTP header of {@code rtp://} inputs and outputs (RFC 3550 §5.1). */
final class Rtp {
    /** The header that outputs carry: no contributing sources, no extension. */
    static final int HEADER_BYTES = 12;

    private static final int RTCP_BYTES = 4;
    private static final int FIRST_RTCP = 200;
    private static final int LAST_RTCP = 213;
    private static final int VERSION_2 = 0x80;
    private static final int VERSION_MASK = 0xC0;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;

    /** Length of the header, or -1 when this is no RTP packet. */
    static int headerBytes(ByteBuffer b, int at, int bytes) {
        if (bytes < HEADER_BYTES || (b.get(at) & VERSION_MASK) != VERSION_2) {
            return -1;
        }
        int header = HEADER_BYTES + ((b.get(at) & 0x0F) * 4);
        if ((b.get(at) & EXTENSION) != 0) {
            if (bytes < header + 4) {
                return -1;
            }
            header += 4 + ((b.getShort(at + header + 2) & 0xFFFF) * 4);
        }
        return header + paddingBytes(b, at, bytes) <= bytes ? header : -1;
    }

    /** Length of the padding at the end. */
    static int paddingBytes(ByteBuffer b, int at, int bytes) {
        return (b.get(at) & PADDING) == 0 ? 0 : b.get(at + bytes - 1) & 0xFF;
    }

    /**
     * Whether this is RTCP on the port of RTP: the second octet is then one of RTCP's types, which
     * no payload type with its marker takes (RFC 5761 §4).
     */
    static boolean isRtcp(ByteBuffer b, int at, int bytes) {
        int type = bytes < RTCP_BYTES ? 0 : b.get(at + 1) & 0xFF;
        return type >= FIRST_RTCP && type <= LAST_RTCP && (b.get(at) & VERSION_MASK) == VERSION_2;
    }

    static void writeHeader(
            ByteBuffer b, int at, int payloadType, int sequence, long timestamp, int ssrc) {
        b.put(at, (byte) VERSION_2);
        b.put(at + 1, (byte) payloadType);
        b.putShort(at + 2, (short) sequence);
        b.putInt(at + 4, (int) timestamp);
        b.putInt(at + 8, ssrc);
    }

    private Rtp() {}
}
