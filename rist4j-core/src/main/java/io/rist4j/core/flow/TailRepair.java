package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * When to repeat the last packet because the input paused, so that a receiver that lost the end of
 * a burst sees a gap before it and asks.
 *
 * <p>Spec: nothing. libRIST: nothing; the end of a burst stays lost. Ours: after about 1.5 round
 * trips without an original, and once more after another 1.5; a receiver that has the packet drops
 * the copy as a duplicate.
 *
 * <p>A pause is longer than the stream's own rhythm: where packets regularly come further apart
 * than 1.5 round trips, half as long again as the gaps seen lately is waited for, but no longer
 * than a quarter of the recovery buffer, so that the repair still comes in time. Not thread-safe.
 */
final class TailRepair {
    static final int MAX_REPEATS = 2;

    /** The longest gap seen fades by 1/128 per packet: a pause is forgotten within some bursts. */
    private static final int GAP_FADES = 128;

    private final boolean enabled;
    private final long rhythmMaxNs;
    private long spacingNs;
    private long gapNs;
    private long lastOriginalNs;
    private long dueNs = SessionTime.NEVER;
    private boolean any;
    private int repeats;

    /**
     * Nothing to repeat yet.
     *
     * @param enabled whether to repeat at all
     * @param bufferNs the recovery buffer that the repair must come in time for
     */
    TailRepair(boolean enabled, long bufferNs) {
        this.enabled = enabled;
        this.rhythmMaxNs = bufferNs / 4;
    }

    /** Takes the round trip, within its bounds. */
    void onRoundTrip(long rttNs) {
        spacingNs = rttNs + rttNs / 2;
        if (dueNs != SessionTime.NEVER && repeats == 0) {
            dueNs = firstDueNs();
        }
    }

    void onOriginal(long nowNs) {
        if (!enabled) {
            return;
        }
        if (any) {
            gapNs =
                    Math.max(
                            gapNs - gapNs / GAP_FADES,
                            Math.min(nowNs - lastOriginalNs, rhythmMaxNs));
        }
        any = true;
        repeats = 0;
        lastOriginalNs = nowNs;
        dueNs = firstDueNs();
    }

    private long firstDueNs() {
        return lastOriginalNs + Math.max(spacingNs, Math.min(gapNs + gapNs / 2, rhythmMaxNs));
    }

    /** When {@link #takeDue} next has work, or {@link SessionTime#NEVER}. */
    long deadlineNs() {
        return dueNs;
    }

    /** How much later than the deadline does no harm. */
    long slackNs() {
        return spacingNs / 6;
    }

    /** Whether the last packet is to be repeated now; then it counts as done. */
    boolean takeDue(long nowNs) {
        if (nowNs < dueNs) {
            return false;
        }
        dueNs = ++repeats < MAX_REPEATS ? nowNs + spacingNs : SessionTime.NEVER;
        return true;
    }
}
