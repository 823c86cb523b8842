package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

import java.util.Arrays;

/**
 * Whether the sender answers each of several requests for a packet, instead of one in a round trip
 * as libRIST 0.2.12 and ours do. Towards such a sender (libRIST 0.2.7, GStreamer's ristsink)
 * request redundancy would multiply the traffic that is lost.
 *
 * <p>Seen from retransmissions of packets that are here already: clearly more for those that were
 * asked for several times than for those that were asked for once, so that a network that
 * duplicates is not mistaken for such a sender. What came in a later round says nothing: with
 * jitter, the answer to an earlier one follows. The verdict holds for a minute.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class SurplusAnswers {
    private static final int LEAST_ANSWERS = 32;
    private static final int LEAST_SINGLES = 8;

    /** Above so many answers the older ones count less and less. */
    private static final int WINDOW = 256;

    private static final double MOST_EXCESS = 0.35;

    /** So many standard deviations above that it is beyond doubt. */
    private static final double DOUBT = 2.5;

    private static final long HOLDS_NS = 60 * SessionTime.SECOND;

    /** Packets that a second answer may still come for, a power of two. */
    private static final int RECENT = 512;

    /** The latest of them by their lowest bits, and whether they were asked for once. */
    private final long[] recent = new long[RECENT];

    private int answers;
    private int surplus;
    private int singleAnswers;
    private int singleSurplus;
    private long untilNs = -1;

    SurplusAnswers() {
        Arrays.fill(recent, -1);
    }

    /**
     * A missing packet came as a retransmission, in the first round of requests for it.
     *
     * @param requests how often it had been asked for
     */
    void onAnswer(long nowNs, long position, int requests) {
        boolean single = requests == 1;
        if (single) {
            singleAnswers++;
        } else {
            answers++;
        }
        recent[slot(position)] = entry(position, single);
        if (answers > WINDOW) {
            halve();
        }
        if (answers >= LEAST_ANSWERS && singleAnswers >= LEAST_SINGLES && isExcessive()) {
            untilNs = nowNs + HOLDS_NS;
            answers = 0;
            surplus = 0;
            singleAnswers = 0;
            singleSurplus = 0;
        }
    }

    private void halve() {
        answers /= 2;
        surplus /= 2;
        singleAnswers /= 2;
        singleSurplus /= 2;
    }

    private boolean isExcessive() {
        double rate = (double) surplus / answers;
        double singleRate = (singleSurplus + 0.5) / (singleAnswers + 1);
        double deviation = Math.sqrt((singleRate / singleAnswers) + (rate / answers));
        return rate - singleRate - (DOUBT * deviation) > MOST_EXCESS;
    }

    /** A retransmission came of a packet that was here already. */
    void onSurplus(long position) {
        long entry = recent[slot(position)];
        if (entry == entry(position, true)) {
            singleSurplus++;
        } else if (entry == entry(position, false)) {
            surplus++;
        }
    }

    private static long entry(long position, boolean single) {
        return (position << 1) | (single ? 1 : 0);
    }

    private static int slot(long position) {
        return (int) position & (RECENT - 1);
    }

    /** Whether the sender was seen to answer each request. */
    boolean isEachAnswered(long nowNs) {
        return nowNs < untilNs;
    }
}
