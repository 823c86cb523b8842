package io.rist4j.core.flow;

import io.rist4j.core.path.PathTable;

/**
 * Keeps a packet from being repeated again before the receiver could know of the last repetition.
 *
 * <p>A request that left the receiver before the last repetition reached it is answered already;
 * such requests arrive within one round trip of that repetition, give or take the network's jitter.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.3.4 leaves it open. libRIST: one latest round trip (normal), two
 * (aggressive), none (off). Ours: the smoothed round trip, and of the jitter as much as does no
 * harm. A receiver that asks once per round trip (libRIST, GStreamer) asks again after hardly more
 * than one, so for it the gate opens a little early: a request refused would cost it a whole turn.
 * A receiver that asks several times per round trip (ours over a lossy return path) has copies of
 * its requests arriving around that moment, so for it the gate opens a little late: the next copy
 * is not far. Which kind it is shows in how many requests come while the gate is firmly shut.
 *
 * <p>Between paths of different round trips the wait is the mean of the two: out on one, back on
 * the other. Not thread-safe; allocation-free.
 */
final class RetransmitGate {
    /** Mean deviations that a late copy may be late by; RFC 6298 §2 takes 4. */
    private static final int DEVIATIONS = 3;

    /** At most so much of a round trip is added. */
    private static final int LATE_SHARE = 4;

    /** At least so much of a round trip is added: timers and gathering at both ends. */
    private static final int LATE_LEAST_SHARE = 16;

    /** At most so much of a round trip is given up. */
    private static final int EARLY_SHARE = 8;

    /** Share of early copies among the latest requests, in 1/1024, each weighing 1/32. */
    private static final int SCORE_ONE = 1024;

    private static final int SCORE_WEIGHT = 32;

    /** From one in eight on, the receiver repeats its requests. */
    private static final int SCORE_REPEATS = SCORE_ONE / 8;

    private final CongestionControl mode;
    private final long rttMinNs;
    private final long rttMaxNs;
    private final long[] rttNs = new long[PathTable.MAX_PATHS];
    private final long[] earlyNs = new long[PathTable.MAX_PATHS];
    private final long[] lateNs = new long[PathTable.MAX_PATHS];
    private int score;

    RetransmitGate(SenderFlowConfig config) {
        mode = config.congestionControl();
        rttMinNs = config.rttMinNs();
        rttMaxNs = config.rttMaxNs();
    }

    /** Takes the round trip of the path that a request comes from, ahead of its packets. */
    void onRequest(int path, long measuredNs, long variationNs) {
        long rtt = Math.clamp(measuredNs, rttMinNs, rttMaxNs);
        long jitter = Math.max(0, Math.min(variationNs, rtt)) * DEVIATIONS;
        rttNs[path] = rtt;
        earlyNs[path] = rtt - Math.min(jitter, rtt / EARLY_SHARE);
        lateNs[path] = rtt + Math.clamp(jitter, rtt / LATE_LEAST_SHARE, rtt / LATE_SHARE);
    }

    /**
     * Whether a packet may be repeated now.
     *
     * @param sinceNs time since its last repetition
     * @param lastPath the path of its last repetition
     * @param path the path that the request came from
     */
    boolean admits(long sinceNs, int lastPath, int path) {
        if (mode == CongestionControl.OFF) {
            return true;
        }
        boolean firmlyShut = sinceNs < mean(rttNs, lastPath, path) * 3 / 4;
        score += ((firmlyShut ? SCORE_ONE : 0) - score) / SCORE_WEIGHT;
        if (firmlyShut) {
            return false;
        }
        long waitNs = mean(score >= SCORE_REPEATS ? lateNs : earlyNs, lastPath, path);
        return sinceNs >= (mode == CongestionControl.AGGRESSIVE ? 2 * waitNs : waitNs);
    }

    private static long mean(long[] ofPath, int one, int other) {
        return (ofPath[one] + ofPath[other]) / 2;
    }
}
