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
     * @param perSecond tokens that come back in a second, 1 or more
     */
    public TokenBucket(int burst, int perSecond) {
        if (burst < 1 || perSecond < 1) {
            throw new IllegalArgumentException(
                    "burst " + burst + " and rate " + perSecond + " per second must be 1 or more");
        }
        this.burst = burst;
        intervalNs = SessionTime.SECOND / perSecond;
        creditNs = burst * intervalNs;
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
