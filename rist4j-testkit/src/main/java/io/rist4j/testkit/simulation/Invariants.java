package io.rist4j.testkit.simulation;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.ReceiverFlowConfig.Timing;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.simulation.Scenario.PathScenario;
import io.rist4j.testkit.simulation.Violation.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * What must hold whatever the network does. Watches the deliveries as they come and, at the end,
 * what did not come.
 *
 * <p>A loss is a violation in two cases. First, when a copy of the packet reached the receiver
 * before its turn in the output: the turn is reckoned from the deliveries around it. Second, on
 * links that lose at random at most, when there was time for so many rounds of request and
 * retransmission that they all fail together with a probability below {@link #PRACTICALLY_NEVER}.
 */
final class Invariants {
    /** Below one in a hundred million per lost packet: not once in all the seeds of a build. */
    private static final double PRACTICALLY_NEVER = 1e-9;

    private static final long MS = SessionTime.MILLISECOND;
    private static final int MOST_VIOLATIONS = 20;

    /** One tick of the 90 kHz clock, rounded up. */
    private static final long TICK_NS = 11_112;

    private final Scenario scenario;
    private final PacketLedger ledger;
    private final NumberedPayloads payloads;
    private final List<Violation> violations = new ArrayList<>();
    private final long toleranceNs;
    private final long graceNs;
    private final long unsteadyNs;
    private final LatencyMeter latency;
    private int last = -1;
    private long lastSourceNs;
    private long longestAnchorNs;
    private long lastDeliveredNs;
    private int suppressed;
    private int promised;
    private boolean chosenLosses;
    private boolean isSequenceSpoilt;

    /** How late packets came out, reckoned from their source time. */
    interface LatencyMeter {
        /** The sender's clock at an instant of the receiver's. */
        long senderNs(long receiverNs);
    }

    Invariants(
            Scenario scenario,
            PacketLedger ledger,
            NumberedPayloads payloads,
            LatencyMeter latency) {
        this.scenario = scenario;
        this.ledger = ledger;
        this.payloads = payloads;
        this.latency = latency;
        toleranceNs = scenario.receiver().playoutToleranceNs();
        // Two intervals, as the receiver sees them: queues stretch them, and a pause spoils its
        // idea of them for a while.
        long intervalsNs =
                scenario.pauses().isEmpty()
                        ? 4 * scenario.intervalNs() * scenario.burstPackets()
                        : scenario.receiver().bufferMaxNs();
        graceNs =
                toleranceNs
                        + scenario.wakeNs()
                        + MS
                        + Math.max(scenario.receiver().bufferMaxNs() / 10, intervalsNs);
        longestAnchorNs = scenario.longestForwardNs();
        // By arrival, jitter moves due times against each other; so does a buffer that adapts.
        ReceiverFlowConfig receiver = scenario.receiver();
        unsteadyNs =
                receiver.bufferMaxNs()
                        - receiver.bufferMinNs()
                        + (receiver.timing() == Timing.ARRIVAL ? longestAnchorNs : 0);
    }

    /** How long after its source time a packet may come out. */
    private long longestLatencyNs() {
        return scenario.receiver().bufferMaxNs()
                + longestAnchorNs
                + 2 * scenario.wakeNs()
                + toleranceNs
                + MS
                + driftNs();
    }

    List<Violation> violations() {
        if (suppressed > 0) {
            var all = new ArrayList<>(violations);
            all.add(new Violation(Kind.PROGRESS, -1, "and " + suppressed + " more"));
            return all;
        }
        return List.copyOf(violations);
    }

    /** Losses are not up to chance alone: recovery is promised to no packet. */
    void onChosenLosses() {
        chosenLosses = true;
    }

    /**
     * Whole stretches of the stream are missing, or packets are repeated that were not asked for:
     * what comes then may be taken for stray packets, so that nothing is promised to single ones.
     */
    void onSpoiltSequence() {
        chosenLosses = true;
        isSequenceSpoilt = true;
    }

    /** How many packets the promise of recovery covered. */
    int promised() {
        return promised;
    }

    void violate(Kind kind, int packet, String text) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(new Violation(kind, packet, text));
        } else {
            suppressed++;
        }
    }

    /**
     * The receiver takes the packet that came just now, or has its key just now, for its measure of
     * time. When that one was late, because only its repetition came, everything after it is late
     * by as much at first.
     */
    void onFlowStarted(long nowNs) {
        int first = ledger.beginning();
        if (first >= 0) {
            long delayNs = latency.senderNs(nowNs) - ledger.sourceNs[first];
            longestAnchorNs = Math.max(longestAnchorNs, delayNs);
        }
    }

    void onDelivered(long nowNs, MediaBlock block) {
        ledger.digest = (ledger.digest * 31 + nowNs) * 31 + block.sequence;
        int number = ledger.numberOf(block.sequence, Math.max(0, last));
        if (number < 0) {
            violate(
                    Kind.ORDER,
                    -1,
                    "sequence "
                            + block.sequence
                            + " was delivered, but never sent; "
                            + ledger.sent
                            + " packets were");
            return;
        }
        if (ledger.delivered[number]) {
            violate(Kind.DUPLICATE, number, "delivered again at " + time(nowNs));
            return;
        }
        ledger.delivered[number] = true;
        ledger.dueNs[number] = block.dueNs;
        if (number < last) {
            violate(Kind.ORDER, number, "delivered after packet " + last);
            return;
        }
        // By the wall clock, the first sender report moves every due time.
        if (scenario.receiver().timing() == Timing.RTC) {
            checkEarly(nowNs, number);
        } else if (!isSequenceSpoilt) {
            checkTurn(nowNs, number, block.dueNs);
        }
        checkLatency(nowNs, number);
        checkContent(number, block);
        last = number;
        lastDeliveredNs = nowNs;
        lastSourceNs = block.sourceNs;
    }

    private void checkTurn(long nowNs, int number, long dueNs) {
        if (isLate(lastDeliveredNs, dueNs) && ledger.firstArrivalNs[number] < lastDeliveredNs) {
            violate(
                    Kind.DEADLINE,
                    last,
                    "delivered at "
                            + time(lastDeliveredNs)
                            + ", after the turn of packet "
                            + number
                            + " at "
                            + time(dueNs));
        }
        if (isLate(nowNs, dueNs)) {
            checkLate(nowNs, number, dueNs);
        } else if (nowNs < dueNs - toleranceNs) {
            violate(
                    Kind.DEADLINE,
                    number,
                    "delivered early at " + time(nowNs) + ", due at " + time(dueNs));
        }
    }

    /**
     * By the wall clock a packet comes out one buffer after its source time, and later before that
     * clock is known.
     */
    private void checkEarly(long nowNs, int number) {
        long latencyNs = latency.senderNs(nowNs) - ledger.sourceNs[number];
        long leastNs = scenario.receiver().bufferMinNs() - toleranceNs - MS - driftNs();
        if (latencyNs < leastNs) {
            violate(
                    Kind.DEADLINE,
                    number,
                    "delivered "
                            + time(latencyNs)
                            + " after it was sent; the wall clock and the buffer make "
                            + time(leastNs)
                            + " at least");
        }
    }

    private void checkLatency(long nowNs, int number) {
        long latencyNs =
                scenario.receiver().timing() == Timing.ARRIVAL
                        ? nowNs - takenNs(number)
                        : latency.senderNs(nowNs) - ledger.sourceNs[number];
        if (latencyNs > longestLatencyNs() && !isAtOnce(nowNs, number)) {
            violate(
                    Kind.DEADLINE,
                    number,
                    "delivered "
                            + time(latencyNs)
                            + " after it was sent; the buffer and the"
                            + " slowest path make "
                            + time(longestLatencyNs())
                            + " at most");
        }
        if (ledger.cameNs[number] > nowNs) {
            violate(Kind.CONTENT, number, "delivered before any copy arrived");
        }
    }

    /**
     * When the receiver took a packet: what came before it knew the sender may have come again, by
     * start repair, and is placed by that.
     */
    private long takenNs(int number) {
        long takenNs = ledger.firstArrivalNs[number];
        return takenNs == PacketLedger.NEVER ? ledger.cameNs[number] : takenNs;
    }

    private boolean isLate(long nowNs, long dueNs) {
        return nowNs > dueNs + toleranceNs + scenario.wakeNs();
    }

    /** Whether a packet is delivered as soon as its last copy came. */
    private boolean isAtOnce(long nowNs, int number) {
        return nowNs - ledger.latestCopyNs[number] <= toleranceNs + scenario.wakeNs();
    }

    /**
     * A packet that was there when it was due has to come out then. One that came later may come
     * out at once: when it is the newest, for then the stream itself is late; or when it fills a
     * gap not later than a tenth of the buffer or two intervals after its time.
     */
    private void checkLate(long nowNs, int number, long dueNs) {
        boolean fills = number < ledger.newestBefore[number];
        boolean wasThere = ledger.firstArrivalNs[number] < dueNs - toleranceNs;
        if (wasThere || !isAtOnce(nowNs, number) || (fills && nowNs > dueNs + graceNs)) {
            violate(
                    Kind.DEADLINE,
                    number,
                    "delivered at "
                            + time(nowNs)
                            + ", due at "
                            + time(dueNs)
                            + ", arrived at "
                            + time(ledger.cameNs[number]));
        }
    }

    /**
     * What the clocks may drift apart between the anchor and now; allowed once more for its
     * correction.
     */
    private long driftNs() {
        long ppm =
                Math.abs(
                        scenario.senderClock().partsPerMillion()
                                - scenario.receiverClock().partsPerMillion());
        return 2 * ppm * (ledger.sourceNs[ledger.sent - 1] - ledger.sourceNs[0]) / 1_000_000;
    }

    private void checkContent(int number, MediaBlock block) {
        if (block.flowId != scenario.flowId()) {
            violate(Kind.CONTENT, number, "flow id is " + Integer.toHexString(block.flowId));
        }
        if (!payloads.matches(number, block.buffer, block.payloadAt, block.payloadBytes)) {
            violate(Kind.CONTENT, number, "payload of " + block.payloadBytes + " bytes is another");
        }
        if (last < 0 || block.flowStart) {
            return;
        }
        if (block.lostBefore != number - last - 1) {
            violate(
                    Kind.CONTENT,
                    number,
                    "says that "
                            + block.lostBefore
                            + " packets are missing before it; "
                            + (number - last - 1)
                            + " are");
        }
        long trueNs = ledger.sourceNs[number] - ledger.sourceNs[last];
        long toldNs = block.sourceNs - lastSourceNs;
        if (Math.abs(trueNs - toldNs) > TICK_NS && scenario.receiver().timing() != Timing.ARRIVAL) {
            violate(
                    Kind.CONTENT,
                    number,
                    "source time is "
                            + time(toldNs)
                            + " after that of packet "
                            + last
                            + "; it was sent "
                            + time(trueNs)
                            + " after");
        }
    }

    /** Checks what did not come. */
    void finish() {
        if (ledger.lastArrived < 0) {
            return;
        }
        long[] knownNs = ledger.knownNs();
        long promisedNs = promisedNs();
        int before = -1;
        int after = -1;
        for (int number = 0; number <= ledger.lastArrived; number++) {
            if (ledger.delivered[number]) {
                before = number;
                promised +=
                        isRecoveryCertain(number, ledger.dueNs[number], knownNs[number], promisedNs)
                                ? 1
                                : 0;
                continue;
            }
            if (after < number) {
                after = number + 1;
                while (after < ledger.sent && !ledger.delivered[after]) {
                    after++;
                }
            }
            if (before < 0 && after >= ledger.sent) {
                violate(Kind.INCOMPLETE, number, "arrived, but nothing at all was delivered");
                return;
            }
            checkLoss(number, dueNs(number, before, after), knownNs[number], promisedNs);
        }
    }

    /** When the packet's turn was, by the deliveries around it; the earlier of the two answers. */
    private long dueNs(int number, int before, int after) {
        long dueNs = SessionTime.NEVER;
        if (before >= 0) {
            dueNs = ledger.dueNs[before] + ledger.sourceNs[number] - ledger.sourceNs[before];
        }
        if (after < ledger.sent) {
            dueNs =
                    Math.min(
                            dueNs,
                            ledger.dueNs[after] - ledger.sourceNs[after] + ledger.sourceNs[number]);
        }
        return dueNs;
    }

    private void checkLoss(int number, long dueNs, long knownNs, long promisedNs) {
        int repaired = scenario.receiver().startRepair() ? ReceiverFlow.START_REPAIR_PACKETS : 0;
        if (isSequenceSpoilt || number < ledger.firstArrived - repaired) {
            return; // before the flow began for the receiver
        }
        long arrivedNs = ledger.firstArrivalNs[number];
        long marginNs = toleranceNs + MS / 2 + unsteadyNs;
        if (arrivedNs < dueNs - marginNs) {
            violate(
                    Kind.INCOMPLETE,
                    number,
                    "arrived at "
                            + time(arrivedNs)
                            + ", was due at "
                            + time(dueNs)
                            + " and was not delivered");
        } else if (isRecoveryCertain(number, dueNs, knownNs, promisedNs)) {
            violate(
                    Kind.INCOMPLETE,
                    number,
                    "lost, though its absence showed at "
                            + time(knownNs)
                            + " and it was due at "
                            + time(dueNs)
                            + "; "
                            + time(promisedNs)
                            + " are enough. It was asked"
                            + " for "
                            + ledger.requests[number]
                            + " times and arrived at "
                            + (arrivedNs == PacketLedger.NEVER ? "no time" : time(arrivedNs)));
        }
    }

    /** Whether a packet was missed, and early enough. */
    private boolean isRecoveryCertain(int number, long dueNs, long knownNs, long promisedNs) {
        return number >= ledger.firstArrived
                && knownNs < ledger.firstArrivalNs[number]
                && knownNs != SessionTime.NEVER
                && dueNs - knownNs > promisedNs;
    }

    /**
     * How long before its turn a packet's absence must show for its recovery to be certain in
     * practice; never when the scenario allows no such promise.
     */
    private long promisedNs() {
        if (chosenLosses) {
            return SessionTime.NEVER;
        }
        double worstRound = 0;
        for (PathScenario path : scenario.paths()) {
            if (!losesAtRandomOnly(path.forward()) || !losesAtRandomOnly(path.backward())) {
                return SessionTime.NEVER;
            }
            double passes = (1 - path.forward().loss()) * (1 - path.backward().loss());
            worstRound = Math.max(worstRound, 1 - passes);
        }
        double rounds =
                worstRound == 0
                        ? 1
                        : Math.ceil(StrictMath.log(PRACTICALLY_NEVER) / StrictMath.log(worstRound));
        if (rounds > scenario.receiver().maxRetries() || rounds > scenario.sender().maxRetries()) {
            return SessionTime.NEVER;
        }
        long roundTripNs = scenario.longestRoundTripNs();
        long spacingNs =
                Math.max(
                        roundTripNs + roundTripNs / 4 + 2 * MS,
                        scenario.receiver().bufferMaxNs()
                                / scenario.receiver().maxRetries()
                                * 11
                                / 10);
        return ((long) rounds + 1) * spacingNs + scenario.receiver().reorderNs();
    }

    private boolean losesAtRandomOnly(LinkConfig link) {
        return link.outages().isEmpty()
                && link.bitsPerSecond() == 0
                && link.burstPackets() <= 1
                && isCeilingHigh();
    }

    private boolean isCeilingHigh() {
        long ceiling = scenario.sender().maxBitrate();
        return ceiling == SenderFlowConfig.BY_THE_MEDIA || ceiling >= 3 * scenario.bitsPerSecond();
    }

    private static String time(long ns) {
        long micros = ns / 1000;
        return micros / 1e3 + " ms";
    }
}
