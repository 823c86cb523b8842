package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * How many keys one peer's packets may have derived, so that whoever sends forged nonces gets a
 * bounded share of the processor.
 *
 * <p>A derivation costs up to 0.8 ms, a packet that asks for one costs its sender 20 octets. Two
 * budgets keep a flood away from the stream that it floods:
 *
 * <ul>
 *   <li>a nonce whose packet carries a GRE sequence close to that of the live stream, as every peer
 *       that changes its nonce in mid-stream does: 32 at once, 100 a second. Who cannot see the
 *       stream hits the window with one packet in 500 000;
 *   <li>any other nonce: 8 at once, 2 a second, and no more than its {@link DerivationShare} of
 *       what all peers of the listener may cause.
 * </ul>
 *
 * <p>A key that proves right gives its token back, so a peer may rotate as often as it likes. A
 * nonce that was given up is refused for a minute.
 */
final class DerivationBudget {
    /** Packets around the newest confirmed one that count as the same stream. */
    static final int NEAR_PACKETS = 4_096;

    private static final int REMEMBERED = 32;
    private static final long REFUSED_FOR_NS = 60 * SessionTime.SECOND;

    private final TokenBucket near = TokenBucket.perSecond(32, 100);
    private final TokenBucket strange = TokenBucket.perSecond(8, 2);
    private DerivationShare share;

    private final int[] refused = new int[REMEMBERED];
    private final long[] refusedUntilNs = new long[REMEMBERED];
    private int next;

    DerivationBudget(DerivationShare share) {
        this.share = share;
    }

    /** Takes from another share from now on. */
    void shareBy(DerivationShare other) {
        share = other;
    }

    /** What a derivation that was taken is counted in while it is under way; null for near ones. */
    @Nullable DerivationShare shareOf(boolean isNear) {
        return isNear ? null : share;
    }

    boolean take(long nowNs, int nonce, boolean isNear) {
        if (isNear) {
            return near.take(nowNs);
        }
        return !isRefused(nowNs, nonce) && strange.take(nowNs) && share.take(nowNs);
    }

    /**
     * Gives back a derivation.
     *
     * @param from what {@link #shareOf} was when it was taken
     */
    void refund(@Nullable DerivationShare from) {
        if (from == null) {
            near.refund();
        } else {
            strange.refund();
            from.refund();
        }
    }

    private boolean isRefused(long nowNs, int nonce) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (refused[i] == nonce && nowNs < refusedUntilNs[i]) {
                return true;
            }
        }
        return false;
    }

    /** Remembers a nonce under which nothing made sense. */
    void refuse(long nowNs, int nonce) {
        refused[next] = nonce;
        refusedUntilNs[next] = nowNs + REFUSED_FOR_NS;
        next = (next + 1) % REMEMBERED;
    }

    /** Gives every nonce another chance, for the secrets have changed. */
    void forgive() {
        Arrays.fill(refusedUntilNs, 0);
    }
}
