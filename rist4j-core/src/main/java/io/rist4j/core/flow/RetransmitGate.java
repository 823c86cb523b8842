package io.rist4j.core.flow;

/**
 * Keeps a packet from being repeated again before the receiver could know of the last repetition.
 *
 * <p>A request that left the receiver before the last repetition reached it is answered already;
 * such requests arrive within one round trip of that repetition, give or take the network's jitter.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.3.4 leaves it open. libRIST: one latest round trip (normal), two
 * (aggressive), none (off). Ours: the smoothed round trip. A receiver that asks several times per
 * round trip (ours over a lossy return path) has copies of its requests arriving all the time; some
 * pass too early because of jitter and cost 1 to 3 % of forward traffic at 50 % loss, which is less
 * than what it costs to make all of them wait longer. A receiver that asks once per round trip
 * (libRIST, GStreamer) asks again after hardly more than one, so for it the gate opens earlier by
 * about the jitter: a request refused would cost it a whole turn. Which kind it is shows in how
 * many requests come while the gate is firmly shut.
 *
 * <p>Between paths of different round trips the wait is the mean of the two: out on one, back on
 * the other. Not thread-safe; allocation-free.
 */
final class RetransmitGate {
    /** By so many mean deviations the gate opens early for a receiver that asks once per turn. */
    private static final int EARLY_DEVIATIONS = 3;

    /** But by no more than this share of a round trip. */
    private static final int EARLY_SHARE = 8;

    /** Share of early copies among the latest requests, in 1/1024, each weighing 1/32. */
    private static final int SCORE_ONE = 1024;

    private static final int SCORE_WEIGHT = 32;

    /** From one in eight on, the receiver repeats its requests. */
    private static final int SCORE_REPEATS = SCORE_ONE / 8;

    private final CongestionControl mode;
    private final long rttMinNs;
    private final long rttMaxNs;
    private long[] rttNs = new long[1];
    private long[] earlyNs = new long[1];
    private int score;

    RetransmitGate(SenderFlowConfig config) {
        mode = config.congestionControl();
        rttMinNs = config.rttMinNs();
        rttMaxNs = config.rttMaxNs();
    }

    /** Takes the round trip of the path that a request comes from, ahead of its packets. */
    void onRequest(int path, long measuredNs, long variationNs) {
        reach(path);
        long rtt = Math.clamp(measuredNs, rttMinNs, rttMaxNs);
        long jitterNs = Math.max(0, Math.min(variationNs, rtt)) * EARLY_DEVIATIONS;
        rttNs[path] = rtt;
        earlyNs[path] = rtt - Math.min(jitterNs, rtt / EARLY_SHARE);
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
        reach(Math.max(lastPath, path));
        long meanNs = mean(rttNs, lastPath, path);
        boolean firmlyShut = sinceNs < meanNs * 3 / 4;
        score += ((firmlyShut ? SCORE_ONE : 0) - score) / SCORE_WEIGHT;
        if (firmlyShut) {
            return false;
        }
        long waitNs = score >= SCORE_REPEATS ? meanNs : mean(earlyNs, lastPath, path);
        return sinceNs >= (mode == CongestionControl.AGGRESSIVE ? 2 * waitNs : waitNs);
    }

    private void reach(int path) {
        rttNs = PathArrays.reaching(path, rttNs);
        earlyNs = PathArrays.reaching(path, earlyNs);
    }

    private static long mean(long[] ofPath, int one, int other) {
        return (ofPath[one] + ofPath[other]) / 2;
    }
}
