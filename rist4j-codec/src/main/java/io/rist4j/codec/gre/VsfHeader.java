package io.rist4j.codec.gre;

import io.rist4j.codec.control.BufferNegotiation;
import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.FutureNonce;
import io.rist4j.codec.control.KeepAlive;

import java.nio.ByteBuffer;

/**
 * What the body begins with when GRE's protocol type is {@link ProtocolTypes#VSF} (TR-06-2:2022
 * §5.2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |       type = 0 for RIST       |            subtype            |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
final class VsfHeader {
    static final int BYTES = 4;

    static final int RIST = 0;

    static final int REDUCED_OVERHEAD = 0x0000;
    static final int KEEP_ALIVE = 0x8000;
    static final int FUTURE_NONCE = 0x8001;

    /** Reserved in the TR; libRIST and its descendants negotiate buffers with it. */
    static final int BUFFER_NEGOTIATION = 0x8002;

    private static final int SUBTYPE = 2;

    private VsfHeader() {}

    static int type(ByteBuffer b, int at) {
        return b.getShort(at) & 0xFFFF;
    }

    static int subtype(ByteBuffer b, int at) {
        return b.getShort(at + SUBTYPE) & 0xFFFF;
    }

    /** The subtype of a message. */
    static int subtype(ControlMessage message) {
        return switch (message) {
            case KeepAlive alive -> KEEP_ALIVE;
            case FutureNonce nonce -> FUTURE_NONCE;
            case BufferNegotiation buffers -> BUFFER_NEGOTIATION;
        };
    }

    static int write(ByteBuffer b, int at, int subtype) {
        b.putShort(at, (short) RIST);
        b.putShort(at + SUBTYPE, (short) subtype);
        return BYTES;
    }
}
