package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The round-trip echo, request and response (TR-06-1:2020 §5.2.6).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P| subtype |   type = 204  |   length = 5 + padding / 4    |  request 2, response 3
 * +---+-+---------+---------------+-------------------------------+
 * |                     SSRC of media source                      |
 * +---------------------------------------------------------------+
 * |                            "RIST"                             |
 * +---------------------------------------------------------------+
 * |               timestamp, the asker's own (64 bits)            |
 * |                                                               |
 * +---------------------------------------------------------------+
 * |              delay in the responder, microseconds             |
 * +---------------------------------------------------------------+
 * |                  padding, a multiple of 4 ...                 |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Spec: the responder copies the timestamp. libRIST: drops a response that does not also carry
 * the SSRC of its own request (trap T3), and leaves stale memory in the delay of its requests (trap
 * T4). Ours: copies both, never looks at a request's delay and writes 0 there.
 */
final class Echo {
    static final int FIXED_BYTES = 24;

    static final int REQUEST = 2;
    static final int RESPONSE = 3;

    private static final int TIMESTAMP = 12;
    private static final int DELAY = 20;

    private static final long MAX_DELAY_MICROSECONDS = 0xFFFF_FFFFL;

    private Echo() {}

    static Verdict readRequest(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        handler.onEchoRequest(
                RtcpHeader.ssrc(b, at), b.getLong(at + TIMESTAMP), bytes - FIXED_BYTES);
        return Verdict.OK;
    }

    static Verdict readResponse(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        handler.onEchoResponse(
                RtcpHeader.ssrc(b, at),
                b.getLong(at + TIMESTAMP),
                b.getInt(at + DELAY) & 0xFFFF_FFFFL);
        return Verdict.OK;
    }

    static int write(
            ByteBuffer b,
            int at,
            int subtype,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes) {
        int bytes = FIXED_BYTES + ((paddingBytes + 3) & ~3);
        RtcpHeader.writeApplication(b, at, subtype, bytes, ssrc);
        b.putLong(at + TIMESTAMP, timestamp);
        b.putInt(at + DELAY, (int) Math.clamp(delayMicroseconds, 0, MAX_DELAY_MICROSECONDS));
        for (int i = at + FIXED_BYTES; i < at + bytes; i += 4) {
            b.putInt(i, 0);
        }
        return bytes;
    }
}
