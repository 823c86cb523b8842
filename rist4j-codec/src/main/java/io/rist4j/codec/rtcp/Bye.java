package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The farewell of one or more sources (RFC 3550 §6.6). A reason may follow them; it is not read.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P| sources |   type = 203  |            length             |
 * +---+-+---------+---------------+-------------------------------+
 * |                     SSRC of each source ...                   |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class Bye {
    private static final int SSRC_BYTES = 4;

    private Bye() {}

    static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        int end = at + RtcpHeader.FIXED_BYTES + SSRC_BYTES * RtcpHeader.count(b, at);
        if (end > at + bytes) {
            return Verdict.BAD_LENGTH;
        }
        for (int i = at + RtcpHeader.FIXED_BYTES; i < end; i += SSRC_BYTES) {
            handler.onBye(b.getInt(i));
        }
        return Verdict.OK;
    }

    static int write(ByteBuffer b, int at, int ssrc) {
        int bytes = RtcpHeader.FIXED_BYTES + SSRC_BYTES;
        RtcpHeader.write(b, at, 1, RtcpHeader.BYE, bytes, ssrc);
        return bytes;
    }
}
