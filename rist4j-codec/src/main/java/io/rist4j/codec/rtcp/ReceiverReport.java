package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The receiver report, empty or with report blocks (TR-06-1:2020 §5.2.3 and §5.2.4, RFC 3550
 * §6.4.2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P|  blocks |   type = 201  |   length = 1 + 6 * blocks     |
 * +---+-+---------+---------------+-------------------------------+
 * |                    SSRC of packet sender                      |
 * +---------------------------------------------------------------+
 * |               report blocks, none or one from RIST ...        |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class ReceiverReport {
    static final int FIXED_BYTES = 8;

    private ReceiverReport() {}

    static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        int blocks = RtcpHeader.count(b, at);
        if (bytes < FIXED_BYTES + blocks * ReportBlock.BYTES) {
            return Verdict.BAD_LENGTH;
        }
        int ssrc = RtcpHeader.ssrc(b, at);
        if (blocks == 0) {
            handler.onEmptyReceiverReport(ssrc);
        } else {
            ReportBlock.visit(b, at + FIXED_BYTES, blocks, ssrc, handler);
        }
        return Verdict.OK;
    }

    static int writeEmpty(ByteBuffer b, int at, int ssrc) {
        RtcpHeader.write(b, at, 0, RtcpHeader.RECEIVER_REPORT, FIXED_BYTES, ssrc);
        return FIXED_BYTES;
    }

    /** Writes the header of a report with one block, which the caller writes next. */
    static int writeHeaderForBlock(ByteBuffer b, int at, int ssrc) {
        int bytes = FIXED_BYTES + ReportBlock.BYTES;
        RtcpHeader.write(b, at, 1, RtcpHeader.RECEIVER_REPORT, bytes, ssrc);
        return FIXED_BYTES;
    }
}
