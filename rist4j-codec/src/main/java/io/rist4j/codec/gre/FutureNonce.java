package io.rist4j.codec.gre;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The future nonce announcement: which nonce the sender will turn to, so that the key can be made
 * ahead of time (TR-06-2:2022 §7.6). Always behind a VSF header, subtype 0x8001, and GRE version 2.
 *
 * <p>Spec: at least one second ahead, may be repeated, and no other nonce is announced before this
 * one is in use. libRIST: ignores it and never sends it.
 */
public final class FutureNonce {
    /** What follows the GRE header in what {@link #write} writes. */
    public static final int BODY_BYTES = VsfHeader.BYTES + 4;

    private static final int FIXED_BYTES = 4;

    private FutureNonce() {}

    static Verdict read(ByteBuffer b, int at, int bytes, TunnelHandler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        int nonce = b.getInt(at);
        if (nonce == 0) {
            return Verdict.MISPLACED;
        }
        handler.onFutureNonce(nonce);
        return Verdict.OK;
    }

    /**
     * Writes an announcement with its VSF header.
     *
     * @param b where to write, with room for {@link #BODY_BYTES}
     * @param at where to begin, right behind the GRE header
     * @param nonce the next nonce, not 0
     * @return the bytes written, {@link #BODY_BYTES}
     * @throws IllegalArgumentException for a nonce of 0
     */
    public static int write(ByteBuffer b, int at, int nonce) {
        if (nonce == 0) {
            throw new IllegalArgumentException("a nonce is not 0");
        }
        VsfHeader.write(b, at, VsfHeader.FUTURE_NONCE);
        b.putInt(at + VsfHeader.BYTES, nonce);
        return BODY_BYTES;
    }
}
