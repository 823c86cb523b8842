package io.rist4j.core.time;

import java.util.function.Consumer;

/**
 * When there is work next, as one answer to one question: when it is due, from when on it can be
 * done, until when it may wait, and why. Whoever is asked adds each thing that it waits for; what
 * remains is the first of each.
 *
 * <p>Between the earliest and the latest time lies what lets work share a wake-up: who is awake
 * anyway does it from {@link #earliestNs} on, and nobody wakes up for it before {@link #latestNs}.
 *
 * <p>Reused for every question; not thread-safe.
 */
public final class Wake {
    /** The reason while there is nothing to wait for. */
    public static final String NOTHING = "nothing";

    private long deadlineNs;
    private long earliestNs;
    private long latestNs;
    private String reason = NOTHING;

    /** Nothing to wait for yet. */
    public Wake() {
        clear();
    }

    /**
     * Asks somebody, once.
     *
     * @param somebody adds what it waits for
     */
    public static Wake of(Consumer<Wake> somebody) {
        var wake = new Wake();
        somebody.accept(wake);
        return wake;
    }

    /** Forgets the last answer. */
    public void clear() {
        deadlineNs = SessionTime.NEVER;
        earliestNs = SessionTime.NEVER;
        latestNs = SessionTime.NEVER;
        reason = NOTHING;
    }

    /**
     * Adds something that has to be done in time.
     *
     * @param dueNs when, session clock; {@link SessionTime#NEVER} adds nothing
     * @param why a word for a trace, for example "report"
     */
    public void at(long dueNs, String why) {
        at(dueNs, 0, 0, why);
    }

    /**
     * Adds something that may be done a little later.
     *
     * @param dueNs when, session clock; {@link SessionTime#NEVER} adds nothing
     * @param slackNs how much later it may be done without harm, 0 or more
     * @param why a word for a trace
     */
    public void at(long dueNs, long slackNs, String why) {
        at(dueNs, 0, slackNs, why);
    }

    /**
     * Adds something that may be done a little earlier or later.
     *
     * @param dueNs when, session clock; {@link SessionTime#NEVER} adds nothing
     * @param earlyNs how long before that it can be done already, 0 or more
     * @param slackNs how much later it may be done without harm, 0 or more
     * @param why a word for a trace
     */
    public void at(long dueNs, long earlyNs, long slackNs, String why) {
        if (dueNs == SessionTime.NEVER) {
            return;
        }
        deadlineNs = Math.min(deadlineNs, dueNs);
        earliestNs = Math.min(earliestNs, dueNs - earlyNs);
        if (dueNs + slackNs < latestNs) {
            latestNs = dueNs + slackNs;
            reason = why;
        }
    }

    /** Takes over another answer. */
    public void set(Wake other) {
        deadlineNs = other.deadlineNs;
        earliestNs = other.earliestNs;
        latestNs = other.latestNs;
        reason = other.reason;
    }

    /** When the first thing is due; {@link SessionTime#NEVER} when there is none. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** From when on something can be done; {@link SessionTime#NEVER} when there is nothing. */
    public long earliestNs() {
        return earliestNs;
    }

    /** Until when all of it may wait; {@link SessionTime#NEVER} when there is nothing. */
    public long latestNs() {
        return latestNs;
    }

    /** What has to be done by {@link #latestNs}. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return reason + " at " + deadlineNs + ".." + latestNs + " ns";
    }
}
