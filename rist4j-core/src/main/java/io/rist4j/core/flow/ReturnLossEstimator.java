package io.rist4j.core.flow;

/**
 * How much the return path loses, seen from what requests bring.
 *
 * <p>A retransmission comes when neither its request nor itself is lost, so of the packets that
 * were asked for once, the fraction (1 - q) (1 - p) comes, where p is the loss towards us and q
 * that of the return path. p is measured on the originals. Only the first round of a packet counts,
 * and only while it has a single request: later rounds meet the sender's once-per-round-trip gate,
 * and repeated requests would hide what they are there to cure. Both are running means that weigh
 * their first samples fully, so that half a hundred lost packets are enough to begin with.
 *
 * <p>{@link #copies} chooses how often to send a request: as often as it takes for the rounds that
 * fit into the buffer to leave less than one in 10^9, 6 times at most. Redundancy begins when the
 * return path is lossy beyond doubt (2.5 standard deviations), so that a clean one never pays.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class ReturnLossEstimator {
    /** Most requests for one packet within a round trip. */
    static final int MOST_COPIES = 6;

    /** So few lost packets may stay lost. */
    static final double RESIDUAL = 1e-9;

    private static final int FORWARD_WINDOW = 256;

    /** An outage says nothing about the loss of single packets: longer runs count as so many. */
    private static final int RUN_MOST = 64;

    private static final int PROBE_WINDOW = 128;
    private static final int LEAST_PROBES = 12;

    /** So many standard deviations above {@link #LEAST_LOSS} redundancy begins, and ends. */
    private static final double DOUBT_TO_BEGIN = 2.5;

    private static final double DOUBT_TO_END = 1;

    private static final double LEAST_LOSS = 0.04;

    /** More copies than leave this much of the round to loss on the return path are in vain. */
    private static final double ENOUGH = 0.01;

    /** Above this the return path is as good as dead, and repetition only adds to its load. */
    private static final double HOPELESS = 0.97;

    private double forwardLoss;
    private int forwardSamples;
    private double answered = 1;
    private int probes;
    private boolean redundant;

    /** Originals came, after so many that did not. */
    void onOriginal(long missingBefore) {
        for (long i = Math.min(missingBefore, RUN_MOST); i > 0; i--) {
            forward(1);
        }
        forward(0);
    }

    private void forward(double lost) {
        if (forwardSamples < FORWARD_WINDOW) {
            forwardSamples++;
        }
        forwardLoss += (lost - forwardLoss) / forwardSamples;
    }

    /** An original that had been taken for lost was merely late. */
    void onReordered() {
        forwardLoss = Math.max(0, forwardLoss - (1.0 / Math.max(1, forwardSamples)));
    }

    /** A first round of one request ended. */
    void onProbe(boolean wasAnswered) {
        if (probes < PROBE_WINDOW) {
            probes++;
        }
        answered += ((wasAnswered ? 1 : 0) - answered) / probes;
        decide();
    }

    /** A probe that had been counted as failed was answered after all. */
    void onLateAnswer() {
        answered = Math.min(1, answered + (1.0 / Math.max(1, probes)));
        decide();
    }

    private void decide() {
        double deviation =
                Math.sqrt((answered * (1 - answered)) / probes) / (1 - forwardLossBounded());
        double doubt = redundant ? DOUBT_TO_END : DOUBT_TO_BEGIN;
        redundant = probes >= LEAST_PROBES && returnLoss() - (doubt * deviation) > LEAST_LOSS;
    }

    private double forwardLossBounded() {
        return Math.min(forwardLoss, 0.95);
    }

    /** Estimated loss towards us, 0..1. */
    double forwardLoss() {
        return forwardLoss;
    }

    /** Estimated loss of the return path, 0..1. */
    double returnLoss() {
        return Math.max(0, Math.min(1, 1 - (answered / (1 - forwardLossBounded()))));
    }

    /** Whether requests are to be repeated within a round trip at all. */
    boolean isRedundant() {
        return redundant;
    }

    /**
     * How often to send one request.
     *
     * @param rounds how many rounds fit into the time that a packet can be waited for
     */
    int copies(int rounds) {
        double q = returnLoss();
        if (!redundant || q > HOPELESS) {
            return 1;
        }
        double unanswered = q;
        int copies = 1;
        while (copies < MOST_COPIES
                && unanswered > ENOUGH
                && residual(unanswered, rounds) > RESIDUAL) {
            unanswered *= q;
            copies++;
        }
        return copies;
    }

    /** The share of lost packets that so many rounds of single requests would not bring. */
    double residual(int rounds) {
        return residual(redundant ? returnLoss() : 0, rounds);
    }

    /**
     * The share of packets that so many rounds of single requests would not bring, if the return
     * path loses as much as the other one at least.
     */
    double unansweredAfter(int rounds) {
        return residual(Math.max(forwardLoss, redundant ? returnLoss() : 0), rounds);
    }

    private double residual(double unanswered, int rounds) {
        return power(1 - ((1 - forwardLoss) * (1 - unanswered)), rounds);
    }

    private static double power(double base, int exponent) {
        double result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }
}
