package io.rist4j.host;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.NEVER;

import io.rist4j.session.Session;

/**
 * When a session that is to end has nothing left to do: a sender once no peer can still ask for
 * anything, a receiver once it has played what had arrived; both after the time that they were
 * given at the latest.
 */
final class Drain {
    /**
     * So long after the opening somebody may still be answering what a sender sent: a longest round
     * trip. Whom nobody has answered by then nobody will ask for anything.
     */
    private static final long FIRST_ANSWER_NS = 500 * MILLISECOND;

    private final Session session;
    private final boolean isSender;
    private long untilNs = NEVER;
    private long unansweredNs;

    Drain(Session session, boolean isSender) {
        this.session = session;
        this.isSender = isSender;
    }

    /** The session begins. */
    void onOpened(long nowNs) {
        unansweredNs = nowNs + FIRST_ANSWER_NS;
    }

    /**
     * The end begins. May be called again with less time.
     *
     * @param durationNs for how long at most; of a receiver one recovery buffer at most
     */
    void begin(long nowNs, long durationNs) {
        long mostNs = Math.min(durationNs, NEVER - nowNs) + nowNs;
        long bufferedNs = isSender ? NEVER : nowNs + session.longestBufferNs();
        untilNs = Math.min(untilNs, Math.min(mostNs, bufferedNs));
    }

    /** When it may be over, once it has begun. */
    long deadlineNs(long nowNs, boolean everConnected) {
        if (!isSender) {
            return untilNs;
        }
        long drainedNs = Math.min(untilNs, session.sending().drainedNs(nowNs));
        return everConnected ? drainedNs : Math.min(drainedNs, unansweredNs);
    }

    /** Whether nothing is left, or the time is over. */
    boolean isOver(long nowNs, boolean everConnected) {
        if (nowNs >= untilNs) {
            return true;
        }
        boolean mayBeThere = everConnected ? session.isConnected() : nowNs < unansweredNs;
        return (isSender && !mayBeThere) || session.isDrained(nowNs);
    }
}
