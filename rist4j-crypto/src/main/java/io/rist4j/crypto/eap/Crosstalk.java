package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;

/**
 * Whether somebody else speaks in the listener's name. One listener asks who is there twice a
 * second at most, goes through one exchange at a time, and says nothing that fits none; some of
 * that happens to copies that come late. What goes beyond counts for {@link #LASTS_NS}.
 */
final class Crosstalk {
    /** How long words that no single listener says are remembered. */
    static final long LASTS_NS = 30 * SessionTime.SECOND;

    /** Exchanges that one listener begins. */
    private final TokenBucket begun = TokenBucket.perSecond(4, 2);

    /** Frames that fit no exchange: two at once and one in two seconds may be late copies. */
    private final TokenBucket misfits = new TokenBucket(2, 2 * SessionTime.SECOND);

    private long untilNs = Long.MIN_VALUE;

    /** An exchange is begun. */
    void onBegun(long nowNs) {
        if (!begun.take(nowNs)) {
            untilNs = nowNs + LASTS_NS;
        }
    }

    /** A frame fits nothing that is under way, or contradicts it. */
    void onMisfit(long nowNs) {
        if (!misfits.take(nowNs)) {
            untilNs = nowNs + LASTS_NS;
        }
    }

    boolean isHeard(long nowNs) {
        return nowNs < untilNs;
    }
}
