package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * When to repeat the last packet because the input paused, so that a receiver that lost the end of
 * a burst sees a gap before it and asks.
 *
 * <p>Spec: nothing. libRIST: nothing; the end of a burst stays lost. Ours: after about 1.5 round
 * trips without an original, and once more after another 1.5; a receiver that has the packet drops
 * the copy as a duplicate. Where the receiver's reports tell whether the last packet came ({@link
 * Arrival}), the copies end when it did, and go on once per round trip when it did not, for as long
 * as the recovery buffer lasts, but not faster than {@link #SHARES} in its length.
 *
 * <p>A pause is longer than the stream's own rhythm: where packets regularly come further apart
 * than 1.5 round trips, half as long again as the gaps seen lately is waited for, but no longer
 * than a quarter of the recovery buffer, so that the repair still comes in time. Not thread-safe.
 */
final class TailRepair {
    /** What is known of the last packet. */
    enum Arrival {
        /** The receiver's reports do not tell. */
        UNKNOWN,
        /** The receiver's reports will tell, and have not. */
        AWAITED,
        /** The receiver has it. */
        CONFIRMED
    }

    /** Copies towards receivers whose reports do not tell. */
    static final int BLIND_REPEATS = 2;

    /** At most so many further copies in one recovery buffer. */
    static final int SHARES = 16;

    /** The longest gap seen fades by 1/128 per packet: a pause is forgotten within some bursts. */
    private static final int GAP_FADES = 128;

    private final boolean enabled;
    private final long bufferNs;
    private final long rhythmMaxNs;
    private long rttNs;
    private long spacingNs;
    private long gapNs;
    private long lastOriginalNs;
    private long lastRepeatNs;
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
        this.bufferNs = bufferNs;
        this.rhythmMaxNs = bufferNs / 4;
    }

    /** Takes the round trip, within its bounds. */
    void onRoundTrip(long ns) {
        rttNs = ns;
        spacingNs = ns + ns / 2;
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

    /** A receiver's report came. */
    void onReport(Arrival arrival) {
        if (arrival == Arrival.CONFIRMED) {
            dueNs = SessionTime.NEVER;
        } else if (arrival == Arrival.AWAITED
                && dueNs == SessionTime.NEVER
                && repeats >= BLIND_REPEATS) {
            // so the copies that had to do without reports were lost
            dueNs = furtherDueNs();
        }
    }

    private long firstDueNs() {
        return lastOriginalNs + Math.max(spacingNs, Math.min(gapNs + gapNs / 2, rhythmMaxNs));
    }

    /** When the next copy after the last one is due; never when it could not help any more. */
    private long furtherDueNs() {
        long nextNs = lastRepeatNs + Math.max(rttNs, bufferNs / SHARES);
        return nextNs + rttNs / 2 > lastOriginalNs + bufferNs ? SessionTime.NEVER : nextNs;
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
    boolean takeDue(long nowNs, Arrival arrival) {
        if (nowNs < dueNs) {
            return false;
        }
        if (arrival == Arrival.CONFIRMED) {
            dueNs = SessionTime.NEVER;
            return false;
        }
        lastRepeatNs = nowNs;
        if (++repeats < BLIND_REPEATS) {
            dueNs = nowNs + spacingNs;
        } else {
            dueNs = arrival == Arrival.AWAITED ? furtherDueNs() : SessionTime.NEVER;
        }
        return true;
    }
}
