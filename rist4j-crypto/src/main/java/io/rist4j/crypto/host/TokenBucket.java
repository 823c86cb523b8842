package io.rist4j.crypto.host;

import io.rist4j.core.time.SessionTime;

/** A rate limit with a burst, on a clock that is given. Starts full. Not thread-safe. */
public final class TokenBucket {
    private final int burst;
    private final long intervalNs;

    /** Tokens as time: a token is one interval. */
    private long creditNs;

    private long atNs;

    /**
     * A full bucket.
     *
     * @param burst most tokens that gather, 1 or more
     * @param intervalNs until one token comes back, 1 or more
     */
    public TokenBucket(int burst, long intervalNs) {
        if (burst < 1 || intervalNs < 1) {
            throw new IllegalArgumentException(
                    "burst " + burst + " and interval " + intervalNs + " ns must be 1 or more");
        }
        this.burst = burst;
        this.intervalNs = intervalNs;
        creditNs = burst * intervalNs;
    }

    /** A full bucket that gets back so many tokens in a second. */
    public static TokenBucket perSecond(int burst, int tokens) {
        return new TokenBucket(burst, SessionTime.SECOND / tokens);
    }

    /** Takes a token when there is one. */
    public boolean take(long nowNs) {
        refill(nowNs);
        if (creditNs < intervalNs) {
            return false;
        }
        creditNs -= intervalNs;
        return true;
    }

    /** Whether there are so many tokens, which stay. */
    public boolean has(long nowNs, int tokens) {
        refill(nowNs);
        return creditNs >= tokens * intervalNs;
    }

    /** Gives back a token that was well spent. */
    public void refund() {
        creditNs = Math.min(creditNs + intervalNs, burst * intervalNs);
    }

    private void refill(long nowNs) {
        long capacityNs = burst * intervalNs;
        creditNs = Math.min(capacityNs, creditNs + Math.clamp(nowNs - atNs, 0, capacityNs));
        atNs = Math.max(atNs, nowNs);
    }
}
