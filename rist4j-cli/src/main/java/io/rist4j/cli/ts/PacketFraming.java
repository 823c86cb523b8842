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
public record PacketFraming(int start, int syncAt, int stride) {
    /** Payload of a datagram may not exceed this many bytes. */
    private static final int MAX_CHUNK_BYTES = TsPacket.PER_DATAGRAM * TsPacket.BYTES;

    private static final int[][] LAYOUTS = {{0, 188}, {0, 204}, {4, 192}};

    /** So many sync bytes in a row are no accident. */
    private static final int CONVINCING = 5;

    /** So many are enough to find packets again whose distance is known. */
    private static final int CONVINCING_AGAIN = 3;

    /**
     * Looks for packets in the beginning of a file or pipe, whatever lies before the first one.
     *
     * @param b holds it from index 0
     * @param bytes its length
     * @return their framing, or null when these are no transport packets
     */
    public static @Nullable PacketFraming detect(ByteBuffer b, int bytes) {
        for (int start = 0; start < bytes; start++) {
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
        // a file may be shorter than that: then it is nothing but packets
        return seen == CONVINCING
                || (seen > 0
                        && from < stride
                        && from + ((seen - 1) * stride) + TsPacket.BYTES <= bytes);
    }

    /**
     * Bytes to send as one datagram, so that the next one begins with a packet: whole packets, or
     * what lies before the next packet where the stream is damaged.
     *
     * @param b holds the next bytes of the stream from index 0
     * @param bytes how many; at least one
     * @param isEnd whether nothing comes behind them; otherwise part of a packet waits for its rest
     * @return 0 when all of it waits
     */
    public int cut(ByteBuffer b, int bytes, boolean isEnd) {
        int whole = 0;
        while (whole + syncAt < bytes && TsPacket.isSync(b, whole + syncAt)) {
            whole += stride;
        }
        if (isEnd && whole + stride > bytes) {
            return bytes; // with less than a packet behind the last one
        }
        if (whole > bytes) {
            return whole - stride;
        }
        if (whole > 0) {
            return whole;
        }
        for (int at = 1; at < bytes; at++) {
            if (isPacketAgain(b, at, bytes)) {
                return at;
            }
        }
        return bytes;
    }

    private boolean isPacketAgain(ByteBuffer b, int from, int bytes) {
        int seen = 0;
        for (int at = from + syncAt; at < bytes && seen < CONVINCING_AGAIN; at += stride) {
            if (!TsPacket.isSync(b, at)) {
                return false;
            }
            seen++;
        }
        return seen == CONVINCING_AGAIN;
    }

    /** Bytes of a datagram that holds whole packets: 7 × 188, 6 × 192 or 6 × 204. */
    public int chunkBytes() {
        return MAX_CHUNK_BYTES / stride * stride;
    }
}
