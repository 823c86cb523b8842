package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * Chooses the length of the recovery buffer within its range: a number of round trips and the
 * reorder hold, more while packets are lost or need many requests, never more than the sender
 * keeps. Looks once a second; shortens by 50 ms at a time at most.
 *
 * <p>libRIST: the same rule every 2 s, in the Main profile only. Ours: every profile, for a
 * receiver can know its round trip on all of them. Not thread-safe. Allocation-free.
 */
final class BufferSizer {
    private static final long PERIOD_NS = SessionTime.SECOND;
    private static final long SHORTEN_MOST_NS = 50 * SessionTime.MILLISECOND;

    /** More losses than this in one period take the longest buffer at once. */
    private static final long ALARM = 25;

    private final ReceiverFlowConfig config;
    private final boolean fixed;
    private long senderHistoryNs;
    private long targetNs;
    private long deadlineNs = SessionTime.NEVER;
    private long lost;
    private long fourRounds;
    private long moreRounds;

    BufferSizer(ReceiverFlowConfig config) {
        this.config = config;
        this.fixed = config.bufferMinNs() == config.bufferMaxNs();
        this.targetNs = config.bufferStartNs();
    }

    /** How long the sender keeps what it sent; 0 when it has not said. */
    void setSenderHistoryNs(long ns) {
        senderHistoryNs = Math.max(0, ns);
    }

    /** Somebody else chose: the next step starts from there. */
    void setTargetNs(long ns) {
        targetNs = ns;
    }

    /** The length to go to. */
    long targetNs() {
        return targetNs;
    }

    /** Media came: one period after the first comes the first look. */
    void onMedia(long nowNs) {
        if (!fixed && deadlineNs == SessionTime.NEVER) {
            deadlineNs = nowNs + PERIOD_NS;
        }
    }

    /**
     * Looks, when it is time; a round trip of 0 is not known yet. Returns whether {@link #targetNs}
     * changed.
     */
    boolean onDeadline(long nowNs, long roundTripNs, ReceiverCounters counters) {
        if (nowNs < deadlineNs) {
            return false;
        }
        deadlineNs = nowNs + PERIOD_NS;
        long lostNow = counters.lost - lost;
        long fourNow = counters.recoveredFourRounds - fourRounds;
        long moreNow = counters.recoveredMoreRounds - moreRounds;
        lost = counters.lost;
        fourRounds = counters.recoveredFourRounds;
        moreRounds = counters.recoveredMoreRounds;
        if (roundTripNs == 0) {
            return false;
        }
        long before = targetNs;
        long desiredNs = config.bufferMaxNs();
        if (lostNow <= ALARM) {
            long percent = 100 + (5 * lostNow) + (2 * moreNow) + fourNow;
            long calmNs = (config.rttMultiplier() * roundTripNs) + config.reorderNs();
            desiredNs = Math.min(desiredNs, saturated(calmNs, percent));
        }
        desiredNs = Math.max(desiredNs, targetNs - SHORTEN_MOST_NS);
        long mostNs =
                senderHistoryNs == 0
                        ? config.bufferMaxNs()
                        : Math.min(config.bufferMaxNs(), senderHistoryNs);
        targetNs = Math.max(config.bufferMinNs(), Math.min(mostNs, desiredNs));
        return targetNs != before;
    }

    /** So many percent of a length, without overflow. */
    private static long saturated(long ns, long percent) {
        return (ns / 100) * Math.min(percent, 10_000);
    }
}
