package io.rist4j.cli.ts;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * How packets lie in a file.
 *
 * @param start offset of the first whole packet
 * @param syncAt offset of the sync byte within each packet: 4 in M2TS, which puts a time stamp
 *     before it, otherwise 0
 * @param stride bytes from one packet to the next: 188, 192 (M2TS) or 204 (with 16 bytes of parity)
 */
record PacketFraming(int start, int syncAt, int stride) {
    /** Payload of a datagram may not exceed this many bytes. */
    private static final int MAX_CHUNK_BYTES = TsPacket.PER_DATAGRAM * TsPacket.BYTES;

    private static final int[][] LAYOUTS = {{0, 188}, {0, 204}, {4, 192}};

    /** So many sync bytes in a row are no accident. */
    private static final int CONVINCING = 5;

    /**
     * Looks for packets in the beginning of a file.
     *
     * @param b holds it from index 0
     * @param bytes its length
     * @return their framing, or null when these are no transport packets
     */
    static @Nullable PacketFraming detect(ByteBuffer b, int bytes) {
        for (int start = 0; start < 204; start++) {
            for (int[] layout : LAYOUTS) {
                if (holds(b, bytes, start + layout[0], layout[1])) {
                    return new PacketFraming(start, layout[0], layout[1]);
                }
            }
        }
        return null;
    }

    private static boolean holds(ByteBuffer b, int bytes, int from, int stride) {
        int seen = 0;
        for (int at = from; at < bytes && seen < CONVINCING; at += stride) {
            if (!TsPacket.isSync(b, at)) {
                return false;
            }
            seen++;
        }
        return seen == CONVINCING
                || (seen > 0 && from + ((seen - 1) * stride) + TsPacket.BYTES <= bytes);
    }

    /** Bytes of a datagram that holds whole packets: 7 × 188, 6 × 192 or 6 × 204. */
    int chunkBytes() {
        return MAX_CHUNK_BYTES / stride * stride;
    }
}
