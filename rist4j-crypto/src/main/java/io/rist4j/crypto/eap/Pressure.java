package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;

/**
 * How often proofs of users, or from networks, were wrong lately. Some in a minute are free; each
 * beyond them makes the next ones wait longer, up to {@link #MOST_DELAY_NS}. Nobody is refused, so
 * nobody can be kept out by it.
 *
 * <p>Fixed memory, whoever fails how often: {@link TimeRows}.
 */
final class Pressure {
    /** The longest wait: less than the patience of callers, 3 s, and bearable twice. */
    static final long MOST_DELAY_NS = 2 * SessionTime.SECOND;

    private static final long STEP_NS = 250 * SessionTime.MILLISECOND;
    private static final long MINUTE_NS = 60 * SessionTime.SECOND;

    private final int free;

    /** How long until a failure is forgotten; they are forgotten one after the other. */
    private final long failureNs;

    /** When the last failure will be forgotten. */
    private final TimeRows forgottenNs = new TimeRows();

    /**
     * @param free failures in a minute that make nobody wait
     */
    Pressure(int free) {
        this.free = free;
        failureNs = MINUTE_NS / free;
    }

    /** Counts a failure. */
    void onFailure(long nowNs, Object of) {
        long lastNs = nowNs + failureNs * (free + 2 * (MOST_DELAY_NS / STEP_NS));
        forgottenNs.add(of.hashCode(), nowNs, failureNs, lastNs);
    }

    /** How long the next proof has to wait: 0 to {@link #MOST_DELAY_NS}. */
    long delayNs(long nowNs, Object of) {
        long leftNs = Math.max(0, forgottenNs.of(of.hashCode()) - nowNs);
        long failures = Math.ceilDiv(leftNs, failureNs);
        return Math.clamp((failures - free) * STEP_NS, 0, MOST_DELAY_NS);
    }
}
