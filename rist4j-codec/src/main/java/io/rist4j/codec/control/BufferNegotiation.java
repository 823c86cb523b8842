package io.rist4j.codec.control;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Buffer negotiation, libRIST's own message: how long a sender can keep packets for retransmission,
 * and how long a receiver buffers. In a tunnel always behind a VSF header, subtype 0x8002, and GRE
 * version 2.
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
 *
 * @param senderMaxMs how long the sender keeps what it sends, 0..65535; 0 when it does not send. It
 *     must not shrink during a session
 * @param receiverMs how long the receiver buffers, 0..65535; 0 when it does not receive
 * @param scope {@link #EVERY_FLOW}, or a protocol type
 * @param description of the flow that the scope announces, up to {@link #MAX_SCOPE_BYTES}; not to
 *     be changed
 */
public record BufferNegotiation(int senderMaxMs, int receiverMs, int scope, ByteBuffer description)
        implements ControlMessage {
    /** Scope 0: every flow of the tunnel. */
    public static final int EVERY_FLOW = 0;

    /**
     * The longest description of a flow that is accepted: more than an IP header with every option
     * and a UDP header.
     */
    public static final int MAX_SCOPE_BYTES = 128;

    private static final ByteBuffer NO_DESCRIPTION = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final int FIXED_BYTES = 6;
    private static final int RECEIVER = 2;
    private static final int SCOPE = 4;
    private static final int MAX_MS = 0xFFFF;

    /**
     * A message about every flow.
     *
     * @param senderMaxMs how long this sender keeps packets, 0 when not sending; clamped to
     *     0..65535
     * @param receiverMs how long this receiver buffers, 0 when not receiving; clamped to 0..65535
     */
    public static BufferNegotiation ofEveryFlow(long senderMaxMs, long receiverMs) {
        return new BufferNegotiation(
                Math.clamp(senderMaxMs, 0, MAX_MS),
                Math.clamp(receiverMs, 0, MAX_MS),
                EVERY_FLOW,
                NO_DESCRIPTION);
    }

    /**
     * The answer to a message about a flow that is not served: no buffers, the scope as it came.
     */
    public BufferNegotiation refusal() {
        return new BufferNegotiation(0, 0, scope, description);
    }

    /**
     * Reads a message.
     *
     * @param b holds it
     * @param at where it begins
     * @param bytes its length
     * @param handler takes it
     * @return {@link Verdict#OK}, {@link Verdict#TRUNCATED} or {@link Verdict#OVER_LIMIT}
     */
    public static Verdict read(ByteBuffer b, int at, int bytes, Handler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        if (bytes - FIXED_BYTES > MAX_SCOPE_BYTES) {
            return Verdict.OVER_LIMIT;
        }
        ByteBuffer description = NO_DESCRIPTION;
        if (bytes > FIXED_BYTES) {
            description = ByteBuffer.allocate(bytes - FIXED_BYTES);
            description.put(0, b, at + FIXED_BYTES, bytes - FIXED_BYTES);
        }
        handler.onControl(
                new BufferNegotiation(
                        b.getShort(at) & 0xFFFF,
                        b.getShort(at + RECEIVER) & 0xFFFF,
                        b.getShort(at + SCOPE) & 0xFFFF,
                        description));
        return Verdict.OK;
    }

    @Override
    public int bytes() {
        return FIXED_BYTES + description.capacity();
    }

    @Override
    public int write(ByteBuffer b, int at) {
        b.putShort(at, (short) senderMaxMs);
        b.putShort(at + RECEIVER, (short) receiverMs);
        b.putShort(at + SCOPE, (short) scope);
        b.put(at + FIXED_BYTES, description, 0, description.capacity());
        return bytes();
    }
}
