package io.rist4j.codec.npd;

import io.rist4j.codec.rtp.RistExtension;

import java.nio.ByteBuffer;

/** Packets of an MPEG transport stream (ISO/IEC 13818-1 §2.4.3), as far as deletion needs them. */
final class TransportPackets {
    static final int BYTES = 188;

    /** Length of a packet with the parity of the outer code, or what stands in its place. */
    static final int LONG_BYTES = 204;

    /** What {@link #bytesEach} answers for what is no payload of 1 to 7 packets. */
    static final int NONE = 0;

    private static final byte SYNC = 0x47;
    private static final int NULL_PID = 0x1FFF;
    private static final int HEADER_BYTES = 4;

    /** Header of a null packet as receivers make it: payload only, continuity counter 0. */
    private static final int NULL_HEADER = 0x471F_FF10;

    private static final ByteBuffer NULL_PACKET = nullPacket();

    private TransportPackets() {}

    private static ByteBuffer nullPacket() {
        ByteBuffer b = ByteBuffer.allocate(LONG_BYTES);
        b.putInt(0, NULL_HEADER);
        for (int i = HEADER_BYTES; i < LONG_BYTES; i++) {
            b.put(i, (byte) 0xFF);
        }
        return b;
    }

    /** Length of each packet when so many bytes are 1 to 7 packets of one length, or NONE. */
    static int bytesEach(int payloadBytes) {
        if (payloadBytes <= 0) {
            return NONE;
        }
        if (isWhole(payloadBytes, BYTES)) {
            return BYTES;
        }
        return isWhole(payloadBytes, LONG_BYTES) ? LONG_BYTES : NONE;
    }

    private static boolean isWhole(int payloadBytes, int bytesEach) {
        return payloadBytes % bytesEach == 0
                && payloadBytes / bytesEach <= RistExtension.MAX_TRANSPORT_PACKETS;
    }

    static boolean isSynchronised(ByteBuffer b, int at) {
        return b.get(at) == SYNC;
    }

    /** The packet identifier of null packets, and neither error, unit start nor priority. */
    static boolean isNull(ByteBuffer b, int at) {
        return b.getShort(at + 1) == NULL_PID;
    }

    /**
     * Whether what follows the 188 octets of a packet comes back as it was: 0xFF, or nothing at
     * all. Parity is no part of the transport packet, and a null packet has it as others have.
     */
    static boolean hasBlankParity(ByteBuffer b, int at, int bytesEach) {
        for (int i = at + BYTES; i < at + bytesEach; i += Long.BYTES) {
            if (b.getLong(i) != -1) { // 16 octets
                return false;
            }
        }
        return true;
    }

    /** Whether the packet is byte for byte what {@link #putNull} puts. */
    static boolean isCanonicalNull(ByteBuffer b, int at, int bytesEach) {
        if (b.getInt(at) != NULL_HEADER) {
            return false;
        }
        for (int i = at + HEADER_BYTES; i < at + bytesEach; i += Long.BYTES) {
            if (b.getLong(i) != -1) { // 184 and 200 are multiples of 8
                return false;
            }
        }
        return true;
    }

    static void putNull(ByteBuffer b, int at, int bytesEach) {
        b.put(at, NULL_PACKET, 0, bytesEach);
    }
}
