package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;

/**
 * How many exchanges a listener computes for, three exponentiations each: {@link #PER_SECOND} a
 * second from peers who have shown that they see its answers, as many again from those who have
 * not, and {@link #OF_NETWORK_PER_SECOND} a second from one network of either. A flood of forged
 * sources therefore uses up the second kind only, and a network its own share.
 *
 * <p>Fixed memory, whoever comes: {@link TimeRows}.
 */
final class ExchangeShares {
    /** Exchanges of each kind in a second. */
    static final int PER_SECOND = 50;

    /** Exchanges of one network in a second, and twice as many at once. */
    static final int OF_NETWORK_PER_SECOND = 5;

    private static final long INTERVAL_NS = SessionTime.SECOND / OF_NETWORK_PER_SECOND;
    private static final long BURST_NS = 2 * SessionTime.SECOND;

    /**
     * Between two wrong proofs of one network in exchanges in which somebody else may send, {@link
     * #MOST_WRONG} at once: they count against nobody, so whoever tries passwords would have all of
     * his exchanges be such.
     */
    static final long WRONG_EVERY_NS = 2 * SessionTime.SECOND;

    static final int MOST_WRONG = 10;

    private final TokenBucket seen = TokenBucket.perSecond(PER_SECOND, PER_SECOND);
    private final TokenBucket unseen = TokenBucket.perSecond(PER_SECOND, PER_SECOND);

    /** When the share of a network will be whole again. */
    private final TimeRows wholeNs = new TimeRows();

    /** When wrong proofs of a network will be forgotten. */
    private final TimeRows forgottenNs = new TimeRows();

    /** Whether so many come that peers have to show first that they see the answers. */
    boolean isBusy(long nowNs) {
        return !unseen.has(nowNs, PER_SECOND / 2);
    }

    /** Takes an exchange from a network's share. */
    boolean take(long nowNs, long network, boolean seesAnswers) {
        int hash = Long.hashCode(network);
        boolean isWithin = wholeNs.of(hash) - nowNs <= BURST_NS - INTERVAL_NS;
        if (!isWithin || !(seesAnswers ? seen : unseen).take(nowNs)) {
            return false;
        }
        wholeNs.add(hash, nowNs, INTERVAL_NS, nowNs + BURST_NS);
        return true;
    }

    /**
     * Whether a proof from a network may be looked at that counts against nobody if it is wrong.
     */
    boolean mayFail(long nowNs, long network) {
        long leftNs = forgottenNs.of(Long.hashCode(network)) - nowNs;
        return leftNs <= (MOST_WRONG - 1) * WRONG_EVERY_NS;
    }

    /** It was wrong. */
    void onFailure(long nowNs, long network) {
        long lastNs = nowNs + MOST_WRONG * WRONG_EVERY_NS;
        forgottenNs.add(Long.hashCode(network), nowNs, WRONG_EVERY_NS, lastNs);
    }
}
