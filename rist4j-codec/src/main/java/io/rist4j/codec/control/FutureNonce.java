package io.rist4j.codec.control;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The future nonce announcement: which nonce the sender will turn to, so that the key can be made
 * ahead of time (TR-06-2:2022 §7.6). In a tunnel always behind a VSF header, subtype 0x8001, and
 * GRE version 2.
 *
 * <p>Spec: at least one second ahead, may be repeated, and no other nonce is announced before this
 * one is in use. libRIST: ignores it and never sends it. To be believed only when it came encrypted
 * with the key in use: whoever forges it has a key derived.
 *
 * @param nonce not 0
 */
public record FutureNonce(int nonce) implements ControlMessage {
    private static final int BYTES = 4;

    /**
     * Checks the nonce.
     *
     * @throws IllegalArgumentException for a nonce of 0
     */
    public FutureNonce {
        if (nonce == 0) {
            throw new IllegalArgumentException("a nonce is not 0");
        }
    }

    /**
     * Reads a message.
     *
     * @param b holds it
     * @param at where it begins
     * @param bytes its length
     * @param handler takes it
     * @return {@link Verdict#OK}, {@link Verdict#TRUNCATED}, or {@link Verdict#MISPLACED} for a
     *     nonce of 0
     */
    public static Verdict read(ByteBuffer b, int at, int bytes, Handler handler) {
        if (bytes < BYTES) {
            return Verdict.TRUNCATED;
        }
        int nonce = b.getInt(at);
        if (nonce == 0) {
            return Verdict.MISPLACED;
        }
        handler.onControl(new FutureNonce(nonce));
        return Verdict.OK;
    }

    @Override
    public int bytes() {
        return BYTES;
    }

    @Override
    public int write(ByteBuffer b, int at) {
        b.putInt(at, nonce);
        return BYTES;
    }
}
