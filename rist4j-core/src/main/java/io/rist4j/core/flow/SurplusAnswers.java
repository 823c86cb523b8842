package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * Whether the sender answers each of several requests for a packet, instead of one in a round trip
 * as libRIST and ours do. Towards such a sender (GStreamer's ristsink) request redundancy would
 * multiply the traffic that is lost.
 *
 * <p>Seen from retransmissions of packets that are here already: clearly more per answer than for
 * the probes, which are asked for once only, so that a network that duplicates is not mistaken for
 * such a sender. The verdict holds for a minute.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class SurplusAnswers {
    private static final int LEAST_ANSWERS = 32;
    private static final int LEAST_PROBES = 8;

    /** Above so many answers the older ones count less and less. */
    private static final int WINDOW = 256;

    private static final double MOST_EXCESS = 0.2;

    /** So many standard deviations above that it is beyond doubt. */
    private static final double DOUBT = 2.5;

    private static final long HOLDS_NS = 60 * SessionTime.SECOND;

    private int answers;
    private int surplus;
    private int probeAnswers;
    private int probeSurplus;
    private long untilNs = -1;

    /** A missing packet came as a retransmission. */
    void onAnswer(long nowNs, boolean probe) {
        if (probe) {
            probeAnswers++;
        } else {
            answers++;
        }
        if (answers > WINDOW) {
            halve();
        }
        if (answers >= LEAST_ANSWERS && probeAnswers >= LEAST_PROBES && isExcessive()) {
            untilNs = nowNs + HOLDS_NS;
            answers = 0;
            surplus = 0;
            probeAnswers = 0;
            probeSurplus = 0;
        }
    }

    private void halve() {
        answers /= 2;
        surplus /= 2;
        probeAnswers /= 2;
        probeSurplus /= 2;
    }

    private boolean isExcessive() {
        double rate = (double) surplus / answers;
        double probeRate = (probeSurplus + 0.5) / (probeAnswers + 1);
        double deviation = Math.sqrt((probeRate / probeAnswers) + (rate / answers));
        return rate - probeRate - (DOUBT * deviation) > MOST_EXCESS;
    }

    /** A retransmission came of a packet that was here already. */
    void onSurplus(boolean probe) {
        if (probe) {
            probeSurplus++;
        } else {
            surplus++;
        }
    }

    /** Whether the sender was seen to answer each request. */
    boolean isEachAnswered(long nowNs) {
        return nowNs < untilNs;
    }
}
