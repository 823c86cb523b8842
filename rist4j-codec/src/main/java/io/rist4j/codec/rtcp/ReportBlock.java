package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;

import java.nio.ByteBuffer;

/**
 * One report block of a sender or receiver report (RFC 3550 §6.4.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                     received stream's SSRC                    |
 * +---------------+-----------------------------------------------+
 * | fraction lost |           cumulative lost, signed             |
 * +---------------+-----------------------------------------------+
 * |               extended highest sequence received              |
 * +---------------------------------------------------------------+
 * |                      interarrival jitter                      |
 * +---------------------------------------------------------------+
 * |              last SR: middle 32 bits of its NTP               |
 * +---------------------------------------------------------------+
 * |                 delay since last SR, 1/65536 s                |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>libRIST writes its last two words only: the others are zero or stale memory (trap T6).
 */
final class ReportBlock {
    static final int BYTES = 24;

    private static final int LOST = 4;
    private static final int HIGHEST_SEQUENCE = 8;
    private static final int JITTER = 12;
    private static final int LAST_SR = 16;
    private static final int DELAY = 20;

    private static final int LEAST_LOST = -0x80_0000;
    private static final int MOST_LOST = 0x7F_FFFF;

    private ReportBlock() {}

    static void visit(ByteBuffer b, int at, int blocks, int ssrc, ControlHandler handler) {
        for (int i = 0, block = at; i < blocks; i++, block += BYTES) {
            int lost = b.getInt(block + LOST);
            handler.onReportBlock(
                    ssrc,
                    b.getInt(block),
                    lost >>> 24,
                    (lost << 8) >> 8,
                    b.getInt(block + HIGHEST_SEQUENCE) & 0xFFFF_FFFFL,
                    b.getInt(block + JITTER) & 0xFFFF_FFFFL,
                    b.getInt(block + LAST_SR) & 0xFFFF_FFFFL,
                    b.getInt(block + DELAY) & 0xFFFF_FFFFL);
        }
    }

    static int write(
            ByteBuffer b,
            int at,
            int sourceSsrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {
        int lost = Math.clamp(cumulativeLost, LEAST_LOST, MOST_LOST) & 0xFF_FFFF;
        b.putInt(at, sourceSsrc);
        b.putInt(at + LOST, (Math.clamp(fractionLost, 0, 255) << 24) | lost);
        b.putInt(at + HIGHEST_SEQUENCE, (int) highestSequence);
        b.putInt(at + JITTER, (int) jitter);
        b.putInt(at + LAST_SR, (int) lastSr);
        b.putInt(at + DELAY, (int) delaySinceLastSr);
        return BYTES;
    }
}
