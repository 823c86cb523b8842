package io.rist4j.core.flow;

import io.rist4j.core.path.RttEstimator;
import io.rist4j.core.time.SessionTime;

/**
 * Decides when each missing packet is asked for.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.3.1 (informative) allows several requests and leaves their spacing
 * open. libRIST: first request after half a round trip, then every 1.1 round trips, at most
 * max-retries of them. Ours: first request after the reorder hold; then rounds, 1.1 round trips
 * apart but never closer than what makes max-retries span the buffer (trap T34), until the answer
 * could no longer come in time. The round trip is what the echoes say or what requests were seen to
 * take, whichever is longer, for a sender may look at requests less often than at echoes. When the
 * return path loses requests, each round repeats its request a few times within the first half of
 * the round trip ({@link ReturnLossEstimator}); a sender answers one of them, because it repeats a
 * packet once per round trip only. One that answers each is noticed ({@link SurplusAnswers}), and
 * asked once per round, but for the last rounds of the few packets that come to them.
 *
 * <p>What is due is served in passes at least {@link #groupNs} apart, so that requests share
 * packets. All times in ns. Not thread-safe. Allocation-free once grown.
 */
final class RequestScheduler {
    private static final long GROUP_LEAST_NS = SessionTime.MILLISECOND;
    private static final long GROUP_MOST_NS = 5 * SessionTime.MILLISECOND;
    private static final long REPEAT_LEAST_NS = 2 * SessionTime.MILLISECOND;

    /** While several copies go out, one packet in so many still gets a single one, to measure. */
    private static final int PROBE_EVERY = 4;

    /** Few packets need so many rounds; for those some more copies cost next to nothing. */
    private static final int UNLUCKY_ROUNDS = 6;

    private static final int UNLUCKY_COPIES = 8;

    /**
     * Where each copy of a request is answered, only the last rounds have copies: as many as it
     * takes to leave less than this share of what is lost.
     */
    private static final double TOLERABLE = 1e-5;

    /** Rounds that start repair makes in any case. */
    private static final int START_ROUNDS = 2;

    /** Start repair ends when what exists would have come but in one case out of so many. */
    private static final double START_RESIDUAL = 1e-3;

    /** What the scheduler needs to know about a position. */
    interface Positions {
        /** The first position that can be asked for; those below need no request. */
        long cursor();

        /** The next position to be played. */
        long played();

        /** When the position is due in the output. */
        long dueNs(long position);

        /** When the next present packet after it is due. */
        long successorDueNs(long position);

        /** How long after its due time a packet is still worth having. */
        long graceNs();

        /** The position's sequence number as on the wire. */
        long wire(long position);
    }

    private final ReceiverFlowConfig config;
    private final MissingList missing;
    private final ReturnLossEstimator estimator = new ReturnLossEstimator();
    private final SurplusAnswers surplus = new SurplusAnswers();

    /** Time from a request to what it brings. */
    private final RttEstimator answers = new RttEstimator(0);

    private final ReturnBudget budget;
    private final ReceiverCounters counters;

    private long bufferNs;
    private long toldNs;
    private long toldVariationNs;
    private long toldLeastNs;
    private long leastNs;
    private long roundNs;
    private long groupNs;
    private int roundsInBuffer;
    private boolean earliestGone;
    private long nextNs = SessionTime.NEVER;
    private long passNs = -GROUP_MOST_NS;

    RequestScheduler(ReceiverFlowConfig config, MissingList missing, ReceiverCounters counters) {
        this.config = config;
        this.missing = missing;
        this.counters = counters;
        this.budget = new ReturnBudget(config.returnBitrate());
        this.bufferNs = config.bufferStartNs();
        retime();
    }

    void setRoundTrip(long smoothed, long variation, long least) {
        toldNs = Math.max(0, smoothed);
        toldVariationNs = Math.max(0, variation);
        toldLeastNs = Math.max(0, Math.min(least, toldNs));
        retime();
    }

    void setBufferNs(long ns) {
        bufferNs = ns;
        retime();
    }

    private void retime() {
        long floorNs = Math.max(config.rttMinNs(), bufferNs / config.maxRetries());
        long answerNs = Math.max(toldNs, answers.smoothedNs());
        long roundTripNs = Math.max(floorNs, Math.min(answerNs, config.rttMaxNs()));
        roundNs = roundTripNs + (roundTripNs / 10);
        roundsInBuffer = rounds(answerNs, roundNs);
        // A single request had better not come while the answer to the last one may be under way,
        // where that leaves enough rounds.
        long variationNs = 2 * Math.max(toldVariationNs, answers.variationNs());
        long patientNs = roundTripNs + Math.min(variationNs, roundTripNs / 2);
        int patientRounds = rounds(answerNs, patientNs);
        if (patientNs > roundNs
                && !estimator.isRedundant()
                && estimator.residual(patientRounds) <= ReturnLossEstimator.RESIDUAL) {
            roundNs = patientNs;
            roundsInBuffer = patientRounds;
        }
        groupNs = Math.max(GROUP_LEAST_NS, Math.min(GROUP_MOST_NS, roundNs / 16));
        leastNs = toldNs > 0 ? toldLeastNs : answers.leastNs();
    }

    private int rounds(long answerNs, long everyNs) {
        long usableNs = bufferNs - config.reorderNs() - answerNs;
        return (int) Math.min(config.maxRetries(), 1 + Math.max(0, usableNs / everyNs));
    }

    /** The round trip, as told or as seen from what requests bring; 0 when it is not known. */
    long roundTripNs() {
        return toldNs > 0 ? toldNs : answers.smoothedNs();
    }

    /** Time between two rounds of requests for one packet. */
    long roundNs() {
        return roundNs;
    }

    /** Least time between two passes. */
    long groupNs() {
        return groupNs;
    }

    ReturnLossEstimator estimator() {
        return estimator;
    }

    /** Notes a position above all others as missing. Returns false when the list is full. */
    boolean add(long position, long firstNs, int flags) {
        if (!missing.add(position, firstNs, flags)) {
            return false;
        }
        nextNs = Math.min(nextNs, Math.max(firstNs, budget.readyNs()));
        return true;
    }

    /** The packet at a missing position came in time. */
    void onFilled(long nowNs, long position, boolean retransmission) {
        int entry = missing.find(position);
        if (entry < 0 || missing.is(entry, MissingList.FILLED)) {
            return;
        }
        earliestGone |= missing.nextNs(entry) <= nextNs;
        missing.fill(entry);
        int rounds = missing.rounds(entry);
        if (missing.is(entry, MissingList.SOFT)) {
            counters.startRepaired++;
            return;
        }
        if (rounds > 0) {
            counters.onRecovered(rounds);
        }
        if (retransmission) {
            if (estimator.isRedundant() && rounds == 1) {
                surplus.onAnswer(nowNs, position, missing.requests(entry));
            }
            onAnswer(nowNs, entry, rounds);
        } else {
            estimator.onReordered();
        }
    }

    private void onAnswer(long nowNs, int entry, int rounds) {
        long sinceRoundNs = nowNs - missing.roundNs(entry);
        if (rounds == 1 && missing.requests(entry) == 1) {
            answers.onSample(sinceRoundNs);
        } else if (rounds > 0 && roundTripNs() == 0) {
            // It may be the answer to the first request: as long as that at most.
            answers.onSample(sinceRoundNs + ((rounds - 1) * roundNs));
        }
        if (missing.is(entry, MissingList.PROBE)) {
            if (rounds == 1) {
                estimator.onProbe(true);
            } else if (rounds == 2 && sinceRoundNs < (leastNs * 3) / 4) {
                estimator.onLateAnswer();
            }
        }
    }

    /** A retransmission came of a packet that was here already. */
    void onSurplus(long position) {
        surplus.onSurplus(position);
    }

    private static boolean isProbe(long position) {
        return position % PROBE_EVERY == 0;
    }

    /** The packet at a position came too late: asking again would bring it later still. */
    void giveUp(long position) {
        int entry = missing.find(position);
        if (entry >= 0) {
            missing.setNextNs(entry, SessionTime.NEVER);
        }
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    long deadlineNs() {
        if (earliestGone) {
            earliestGone = false;
            nextNs = Math.max(missing.earliestNs(), budget.readyNs());
        }
        return missing.open() == 0 ? SessionTime.NEVER : Math.max(nextNs, passNs + groupNs);
    }

    /** How long after {@link #deadlineNs} a pass may come without harm. */
    long slackNs() {
        return groupNs;
    }

    /** Asks for everything that is due. */
    void onDeadline(long nowNs, Positions positions, ReceiverSink sink) {
        if (nowNs < deadlineNs()) {
            return;
        }
        passNs = nowNs;
        retime();
        budget.beginPass(nowNs);
        long earliest = SessionTime.NEVER;
        long cursor = positions.cursor();
        boolean asked = false;
        missing.beginSweep();
        for (int i = 0; i < missing.size(); i++) {
            long position = missing.position(i);
            if (position < cursor || missing.is(i, MissingList.FILLED)) {
                if (position >= positions.played() && !missing.is(i, MissingList.FILLED)) {
                    counters.unaskable++;
                }
                missing.drop(i);
                continue;
            }
            int entry = missing.keep(i);
            if (missing.nextNs(entry) <= nowNs) {
                asked |= serve(nowNs, entry, position, positions, sink);
            }
            earliest = Math.min(earliest, missing.nextNs(entry));
        }
        missing.endSweep();
        nextNs = Math.max(earliest, budget.readyNs());
        if (asked) {
            sink.endRequests();
        }
    }

    private boolean serve(
            long nowNs, int entry, long position, Positions positions, ReceiverSink sink) {
        boolean repeats = missing.repeats(entry) > 0;
        if (!repeats && isOver(nowNs, entry, position, positions)) {
            missing.setNextNs(entry, SessionTime.NEVER);
            return false;
        }
        if (!repeats && isStartRepaired(entry)) {
            missing.setNextNs(entry, nowNs + roundNs);
            return false;
        }
        long wire = positions.wire(position);
        if (!budget.take(wire)) {
            counters.requestsSuppressed++;
            return false;
        }
        if (repeats) {
            missing.repeat(entry);
            counters.requestsRepeated++;
        } else {
            beginRound(nowNs, entry, position);
        }
        counters.requests++;
        int left = missing.repeats(entry);
        long begunNs = missing.roundNs(entry);
        if (left == 0) {
            missing.setNextNs(entry, Math.max(begunNs + roundNs, nowNs + 1));
        } else {
            long spacingNs = ((roundNs / 2) - (nowNs - begunNs)) / (left + 1);
            missing.setNextNs(entry, nowNs + Math.max(REPEAT_LEAST_NS, spacingNs));
        }
        sink.request(wire, missing.requests(entry));
        return true;
    }

    private void beginRound(long nowNs, int entry, long position) {
        boolean soft = missing.is(entry, MissingList.SOFT);
        int rounds = missing.rounds(entry);
        if (rounds == 0 && !soft) {
            counters.missing++;
        } else if (rounds == 1 && missing.is(entry, MissingList.PROBE)) {
            estimator.onProbe(false);
        }
        int copies = config.requestRedundancy() ? copies(nowNs, rounds) : 1;
        if (rounds == 0 && !soft && (copies == 1 || isProbe(position))) {
            copies = 1;
            missing.set(entry, MissingList.PROBE, roundTripNs() > 0);
        }
        missing.beginRound(entry, nowNs, copies - 1);
    }

    private int copies(long nowNs, int rounds) {
        int copies = estimator.copies(roundsInBuffer);
        if (surplus.isEachAnswered(nowNs)) {
            int requests = rounds + 1 + (copies * Math.max(0, roundsInBuffer - rounds - 1));
            return estimator.residual(requests) <= TOLERABLE ? 1 : copies;
        }
        return copies > 1 && rounds >= UNLUCKY_ROUNDS ? UNLUCKY_COPIES : copies;
    }

    /**
     * Whether a packet from before the first one has been asked for often enough: by the loss seen
     * so far it would have come, if there was one. When more is lost later, it is asked for again.
     */
    private boolean isStartRepaired(int entry) {
        int rounds = missing.rounds(entry);
        return missing.is(entry, MissingList.SOFT)
                && rounds >= START_ROUNDS
                && estimator.unansweredAfter(rounds) < START_RESIDUAL;
    }

    /** Whether nothing asked for now could come in time any more. */
    private boolean isOver(long nowNs, int entry, long position, Positions positions) {
        if (missing.rounds(entry) >= config.maxRetries()) {
            return true;
        }
        long answerNs = nowNs + leastNs;
        long lateNs = answerNs - positions.dueNs(position);
        return lateNs > 0
                && (lateNs > positions.graceNs() || answerNs > positions.successorDueNs(position));
    }
}
