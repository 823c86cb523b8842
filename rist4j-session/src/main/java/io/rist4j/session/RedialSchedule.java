package io.rist4j.session;

import io.rist4j.core.time.SessionTime;

import java.util.function.IntConsumer;

/**
 * When dialled peers that were there and fell silent are called anew, from another port: tries for
 * ever, at growing intervals.
 *
 * <p>Who is back is heard before he is there again: under a secret his first datagrams wait for
 * their key, and a proof takes several of them. A call from another port would begin all of that
 * anew, so it waits while something comes from his address; for no longer than one interval, for
 * anybody can send in his name.
 *
 * <p>Its owner asks {@link #deadlineNs}, calls {@link #onDeadline}, looks up whom that names and,
 * if he {@link #isStillDue}, calls {@link Session#redial}.
 */
public final class RedialSchedule {
    /** Indexes of configured paths are below. */
    public static final int MOST_PATHS = ConfiguredPaths.MOST;

    /** A path that has just gone down may come back by itself. */
    private static final long LEAST_PATIENCE_NS = 2 * SessionTime.SECOND;

    /** Attempts come this many times further apart at last. */
    private static final int MOST_INTERVALS = 10;

    /** How often it looks whether somebody whose datagrams come is there. */
    private static final long LOOK_NS = 100 * SessionTime.MILLISECOND;

    private final Session session;
    private final long patienceNs;
    private final int[] tries;
    private final long[] dueNs;

    /** When a path is called anew whatever comes from its peer's address. */
    private final long[] latestNs;

    /**
     * A schedule that has not begun.
     *
     * @param session whose dialled peers it watches
     */
    public RedialSchedule(Session session) {
        this.session = session;
        SessionConfig config = session.config();
        patienceNs = Math.max(LEAST_PATIENCE_NS, config.sessionTimeoutNs());
        tries = new int[MOST_PATHS];
        dueNs = new long[MOST_PATHS];
        latestNs = new long[MOST_PATHS];
    }

    /**
     * Begins to watch.
     *
     * @param nowNs session clock
     */
    public void start(long nowNs) {
        for (int path = 0; path < dueNs.length; path++) {
            watch(nowNs, path);
        }
    }

    /**
     * A path came, or went.
     *
     * @param nowNs session clock
     * @param path index of the configured path
     */
    public void watch(long nowNs, int path) {
        tries[path] = 0;
        dueNs[path] = session.dials(path) ? nowNs + patienceNs : SessionTime.NEVER;
        latestNs[path] = SessionTime.NEVER;
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    public long deadlineNs() {
        long deadlineNs = SessionTime.NEVER;
        for (long due : dueNs) {
            deadlineNs = Math.min(deadlineNs, due);
        }
        return deadlineNs;
    }

    /** How much later it may be served. */
    public long slackNs() {
        return patienceNs / 4;
    }

    /**
     * Names the configured paths whose peer is to be looked up, and called if he is still due then.
     *
     * @param nowNs session clock
     * @param look takes their indices
     */
    public void onDeadline(long nowNs, IntConsumer look) {
        for (int path = 0; path < dueNs.length; path++) {
            if (dueNs[path] <= nowNs) {
                serve(nowNs, path, look);
            }
        }
    }

    private void serve(long nowNs, int path, IntConsumer look) {
        if (session.isLost(nowNs, path) && isAwaited(nowNs, path)) {
            dueNs[path] = nowNs + LOOK_NS;
            return;
        }
        latestNs[path] = SessionTime.NEVER;
        if (session.isLost(nowNs, path)) {
            tries[path]++;
            look.accept(path);
        } else {
            tries[path] = 0;
        }
        dueNs[path] = nowNs + patienceNs * Math.clamp(tries[path], 1, MOST_INTERVALS);
    }

    /** Whether something comes from a peer that is not there yet, and has not for too long. */
    private boolean isAwaited(long nowNs, int path) {
        if (!session.isAnswered(nowNs, path)) {
            return false;
        }
        latestNs[path] = Math.min(latestNs[path], nowNs + patienceNs);
        return nowNs < latestNs[path];
    }

    /**
     * Whether a path is still to be called, once its peer has been looked up. If he has begun to
     * answer, the next deadline is soon.
     *
     * @param nowNs session clock
     * @param path index of the configured path
     */
    public boolean isStillDue(long nowNs, int path) {
        if (!session.isLost(nowNs, path)) {
            return false;
        }
        boolean isAwaited = isAwaited(nowNs, path);
        if (isAwaited) {
            dueNs[path] = Math.min(dueNs[path], nowNs + LOOK_NS);
        }
        return !isAwaited;
    }
}
