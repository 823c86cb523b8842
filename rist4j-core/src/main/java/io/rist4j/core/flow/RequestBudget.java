package io.rist4j.core.flow;

/**
 * Bounds the work that requests can cause. Within the shortest round trip a receiver has no use for
 * naming a packet more than a few times; a flood of ranges that each name the whole history would
 * cost more than the stream itself. Not thread-safe.
 */
final class RequestBudget {
    /** How often the whole history may be named per period. */
    private static final int TIMES = 4;

    /** Always allowed per period. */
    private static final long LEAST = 4096;

    private final long periodNs;
    private long periodStartNs;
    private long left;

    RequestBudget(long periodNs) {
        this.periodNs = periodNs;
        this.periodStartNs = -periodNs;
    }

    /** A request arrived while so many packets are held. */
    void onRequest(long nowNs, long packetsHeld) {
        if (nowNs - periodStartNs >= periodNs) {
            periodStartNs = nowNs;
            left = Math.max(LEAST, TIMES * packetsHeld);
        }
    }

    /** Takes as many of these as are left. */
    long take(long packets) {
        long taken = Math.min(packets, left);
        left -= taken;
        return taken;
    }
}
