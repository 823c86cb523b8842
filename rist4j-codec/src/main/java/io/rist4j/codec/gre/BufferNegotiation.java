package io.rist4j.codec.gre;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Buffer negotiation, libRIST's own message: how long a sender can keep packets for retransmission,
 * and how long a receiver buffers. Always behind a VSF header, subtype 0x8002, and GRE version 2.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |  sender: maximum buffer, ms   |  receiver: its buffer, ms     |  0: does not send, receive
 * +-------------------------------+-------------------------------+
 * |  scope: 0 every flow, or a    |  which flow, as the scope     |
 * |  protocol type                |  writes it ...                |
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>Spec: reserved, so a peer may ignore it. libRIST 0.2.12: a sender repeats its maximum at the
 * start, a receiver answers with its buffer whenever auto-scaling changed it; both answer every
 * scope but 0 with a refusal. libRIST 0.2.7 does not know it.
 */
public final class BufferNegotiation {
    /** Scope 0: every flow of the tunnel. */
    public static final int EVERY_FLOW = 0;

    /** What follows the GRE header in what {@link #write} writes. */
    public static final int BODY_BYTES = VsfHeader.BYTES + 6;

    /**
     * The longest description of a flow that is accepted: more than an IP header with every option
     * and a UDP header.
     */
    public static final int MAX_SCOPE_BYTES = 128;

    private static final int FIXED_BYTES = 6;
    private static final int RECEIVER = 2;
    private static final int SCOPE = 4;
    private static final int MAX_MS = 0xFFFF;

    private BufferNegotiation() {}

    static Verdict read(ByteBuffer b, int at, int bytes, TunnelHandler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        if (bytes - FIXED_BYTES > MAX_SCOPE_BYTES) {
            return Verdict.OVER_LIMIT;
        }
        handler.onBufferNegotiation(
                b.getShort(at) & 0xFFFF,
                b.getShort(at + RECEIVER) & 0xFFFF,
                b.getShort(at + SCOPE) & 0xFFFF,
                b,
                at + FIXED_BYTES,
                bytes - FIXED_BYTES);
        return Verdict.OK;
    }

    /**
     * Writes a message about every flow, with its VSF header.
     *
     * @param b where to write, with room for {@link #BODY_BYTES}
     * @param at where to begin, right behind the GRE header
     * @param senderMaxMs how long this sender keeps packets, 0 when not sending; clamped to
     *     0..65535. It must not shrink during a session
     * @param receiverMs how long this receiver buffers, 0 when not receiving; clamped to 0..65535
     * @return the bytes written, {@link #BODY_BYTES}
     */
    public static int write(ByteBuffer b, int at, long senderMaxMs, long receiverMs) {
        int message = at + VsfHeader.write(b, at, VsfHeader.BUFFER_NEGOTIATION);
        b.putShort(message, (short) Math.clamp(senderMaxMs, 0, MAX_MS));
        b.putShort(message + RECEIVER, (short) Math.clamp(receiverMs, 0, MAX_MS));
        b.putShort(message + SCOPE, (short) EVERY_FLOW);
        return BODY_BYTES;
    }

    /**
     * Writes the answer to a message with a scope that we do not serve, with its VSF header: no
     * buffers, and the scope as it came.
     *
     * @param b where to write, with room for {@link #BODY_BYTES} and {@code scopeBytes}
     * @param at where to begin, right behind the GRE header
     * @param scope the message's
     * @param from holds the message's description of the flow
     * @param scopeAt where in {@code from} it begins
     * @param scopeBytes its length, 0..{@link #MAX_SCOPE_BYTES}
     * @return the bytes written
     */
    public static int writeRefusal(
            ByteBuffer b, int at, int scope, ByteBuffer from, int scopeAt, int scopeBytes) {
        write(b, at, 0, 0);
        b.putShort(at + VsfHeader.BYTES + SCOPE, (short) scope);
        b.put(at + BODY_BYTES, from, scopeAt, scopeBytes);
        return BODY_BYTES + scopeBytes;
    }
}
