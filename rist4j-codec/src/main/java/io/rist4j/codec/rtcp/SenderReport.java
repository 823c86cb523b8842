package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The sender report (TR-06-1:2020 §5.2.2, RFC 3550 §6.4.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P|  blocks |   type = 200  |   length = 6 + 6 * blocks     |
 * +---+-+---------+---------------+-------------------------------+
 * |                        SSRC of sender                         |
 * +---------------------------------------------------------------+
 * |                        NTP timestamp                          |
 * |                          (64 bits)                            |
 * +---------------------------------------------------------------+
 * |                        RTP timestamp                          |
 * +---------------------------------------------------------------+
 * |                      packets sent so far                      |
 * +---------------------------------------------------------------+
 * |                   payload octets sent so far                  |
 * +---------------------------------------------------------------+
 * |                report blocks, none from RIST ...              |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class SenderReport {
    static final int FIXED_BYTES = 28;

    private static final int NTP = 8;
    private static final int RTP_TIMESTAMP = 16;
    private static final int PACKETS = 20;
    private static final int OCTETS = 24;

    private SenderReport() {}

    static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        int blocks = RtcpHeader.count(b, at);
        if (bytes < FIXED_BYTES + blocks * ReportBlock.BYTES) {
            return Verdict.BAD_LENGTH;
        }
        int ssrc = RtcpHeader.ssrc(b, at);
        handler.onSenderReport(
                ssrc,
                b.getLong(at + NTP),
                b.getInt(at + RTP_TIMESTAMP) & 0xFFFF_FFFFL,
                b.getInt(at + PACKETS) & 0xFFFF_FFFFL,
                b.getInt(at + OCTETS) & 0xFFFF_FFFFL);
        ReportBlock.visit(b, at + FIXED_BYTES, blocks, ssrc, handler);
        return Verdict.OK;
    }

    static int write(
            ByteBuffer b,
            int at,
            int ssrc,
            long ntp,
            long rtpTimestamp,
            long packetCount,
            long octetCount) {
        RtcpHeader.write(b, at, 0, RtcpHeader.SENDER_REPORT, FIXED_BYTES, ssrc);
        b.putLong(at + NTP, ntp);
        b.putInt(at + RTP_TIMESTAMP, (int) rtpTimestamp);
        b.putInt(at + PACKETS, (int) packetCount);
        b.putInt(at + OCTETS, (int) octetCount);
        return FIXED_BYTES;
    }
}
