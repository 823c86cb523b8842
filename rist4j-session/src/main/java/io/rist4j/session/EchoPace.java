package io.rist4j.session;

import io.rist4j.core.time.SessionTime;

/**
 * How often the round trip of a path is asked for. A question goes with a report, but its answer is
 * a datagram of its own, at which both ends look: of sessions without media that was half of what
 * they cost.
 *
 * <p>Spec: TR-06-1:2020 §5.2.6 leaves it open. libRIST: with every report. Ours: with every report
 * while the round trip is new, has just changed, or the latest question was not answered; else once
 * for so many packets of media, and once a second.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class EchoPace {
    /** An answer takes a datagram for so many of media: below 100 packets a second it is rarer. */
    static final int MEDIA_PER_ECHO = 10;

    /** However little comes, it is asked for so often. */
    static final long EVERY_NS = SessionTime.SECOND;

    /** So many answers make a round trip known: what is smoothed has then come most of the way. */
    static final int SETTLING_ANSWERS = 10;

    private int settling = SETTLING_ANSWERS;
    private boolean waits;
    private long askedNs;
    private long mediaThen;

    /**
     * Whether the next report is to ask.
     *
     * @param nowNs the present
     * @param media packets of media that the path has carried so far, either way
     */
    boolean asks(long nowNs, long media) {
        return settling > 0
                || waits
                || media - mediaThen >= MEDIA_PER_ECHO
                || nowNs - askedNs >= EVERY_NS;
    }

    /** A report asked. */
    void onAsked(long nowNs, long media) {
        askedNs = nowNs;
        mediaThen = media;
        waits = true;
    }

    /**
     * An answer came.
     *
     * @param isSurprise whether it is far from what was known
     */
    void onAnswered(boolean isSurprise) {
        waits = false;
        settling = isSurprise ? SETTLING_ANSWERS : Math.max(0, settling - 1);
    }

    /** The peer may be somewhere else now. */
    void restart() {
        settling = SETTLING_ANSWERS;
    }
}
