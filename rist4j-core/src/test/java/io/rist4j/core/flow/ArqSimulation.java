package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One stream from a model of a sender over a lossy network to a real receiver flow, in virtual
 * time. The same seed gives the same run.
 */
final class ArqSimulation implements ReceiverSink {
    static final long MS = SessionTime.MILLISECOND;

    /** How the model of the sender treats requests. */
    enum Sender {
        /** Answers at once, but not within one round trip of its last answer. */
        GATED,
        /** The same, with a look at its requests every 5 ms only. */
        GATED_TICKING,
        /** Answers each request at once, as libRIST 0.2.7 and GStreamer do. */
        UNGATED
    }

    private record Event(long atNs, long order, Runnable action) {}

    // ---- what to simulate
    Sender sender = Sender.GATED;
    double forwardLoss;
    double returnLoss;
    double burstStay;
    long delayNs = 25 * MS;
    long jitterNs;
    int packetsPerSecond = 1_000;
    int packets = 12_000;
    int firstSequence;
    int firstTicks;
    double sourcePpm;
    int roundTripKnownAfterMs = 200;
    boolean loseFirstPacket;
    ReceiverFlowConfig.Builder config = ReceiverFlowConfig.builder();

    // ---- what came of it
    final List<Integer> deliveredIndices = new ArrayList<>();
    final List<Long> latenciesNs = new ArrayList<>();
    final List<Long> deliveredAtNs = new ArrayList<>();
    int firstArrived = -1;
    int lastArrived = -1;
    int retransmissions;
    int requestPackets;
    long requestsMade;
    int lost;
    int outOfOrder;
    int twice;
    long worstLatenessNs;
    ReceiverCounters counters = new ReceiverCounters();

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) ->
                    a.atNs != b.atNs
                            ? Long.compare(a.atNs, b.atNs)
                            : Long.compare(a.order, b.order));
    private long order;
    private long nowNs;
    private boolean burst;
    private long[] answeredNs = {};
    private final List<Long> pass = new ArrayList<>();
    private final MediaPacket packet = new MediaPacket();
    private final ByteBuffer payload = ByteBuffer.allocate(64);
    private ReceiverFlow flow;
    private int expected = -1;
    private final BitSet seen = new BitSet();

    ArqSimulation(long seed) {
        random = new Random(seed);
        flow = new ReceiverFlow(config.build(), this);
    }

    private void at(long atNs, Runnable action) {
        events.add(new Event(atNs, order++, action));
    }

    ArqSimulation run() {
        flow = new ReceiverFlow(config.build(), this);
        answeredNs = new long[packets];
        Arrays.fill(answeredNs, -SessionTime.SECOND);
        long intervalNs = SessionTime.SECOND / packetsPerSecond;
        for (int i = 0; i < packets; i++) {
            int index = i;
            long sentNs = (i * intervalNs) + (10 * MS);
            at(sentNs, () -> original(index));
        }
        at(
                (roundTripKnownAfterMs + 10) * MS,
                () -> flow.setRoundTrip((2 * delayNs) + jitterNs, jitterNs / 3, 2 * delayNs));
        long endNs = (packets * intervalNs) + (5 * SessionTime.SECOND);
        while (true) {
            Event event = events.peek();
            long deadlineNs = Wake.of(flow::wakes).deadlineNs();
            if (event != null && event.atNs <= deadlineNs) {
                events.poll();
                nowNs = Math.max(nowNs, event.atNs);
                event.action.run();
            } else if (deadlineNs <= endNs) {
                nowNs = Math.max(nowNs, deadlineNs);
                flow.onDeadline(nowNs);
            } else {
                break;
            }
        }
        counters = flow.counters();
        return this;
    }

    /** The source time of a packet on the sender's clock, which drifts against the session's. */
    private long ticks(int index) {
        double ns = (double) index * SessionTime.SECOND / packetsPerSecond;
        return firstTicks + (long) (ns * (1 + (sourcePpm * 1e-6)) * 90_000 / SessionTime.SECOND);
    }

    private void original(int index) {
        if ((index == 0 && loseFirstPacket) || isLost(forwardLoss)) {
            return;
        }
        at(nowNs + travelNs(), () -> arrive(index, false));
    }

    private void arrive(int index, boolean retransmission) {
        if (!retransmission) {
            firstArrived = firstArrived < 0 ? index : firstArrived;
            lastArrived = Math.max(lastArrived, index);
        }
        packet.flowId = 0xABCD_EF10;
        packet.sequence = (firstSequence + index) & 0xFFFFL;
        packet.setStamp(ticks(index), 90_000);
        packet.retransmission = retransmission;
        packet.payloadType = 33;
        packet.buffer = payload;
        payload.putInt(0, index);
        packet.payloadBytes = 8;
        packet.arrivalNs = nowNs;
        flow.onMedia(nowNs, 0, packet);
    }

    private long travelNs() {
        return delayNs + (jitterNs == 0 ? 0 : (long) (random.nextDouble() * jitterNs));
    }

    private boolean isLost(double loss) {
        if (burstStay == 0) {
            return random.nextDouble() < loss;
        }
        burst = random.nextDouble() < (burst ? burstStay : loss * (1 - burstStay) / (1 - loss));
        return burst;
    }

    @Override
    public void deliver(MediaBlock block) {
        int index = block.buffer.getInt(block.payloadAt);
        if (expected >= 0) {
            if (index < expected) {
                outOfOrder++;
            }
            lost += block.lostBefore;
        }
        if (seen.get(index)) {
            twice++;
        }
        seen.set(index);
        expected = index + 1;
        deliveredIndices.add(index);
        deliveredAtNs.add(nowNs);
        latenciesNs.add(nowNs - ((index * (SessionTime.SECOND / packetsPerSecond)) + (10 * MS)));
        worstLatenessNs = Math.max(worstLatenessNs, nowNs - block.dueNs);
    }

    @Override
    public void request(long sequence, int attempt) {
        pass.add(sequence);
        requestsMade++;
    }

    @Override
    public void endRequests() {
        requestPackets++;
        List<Long> asked = List.copyOf(pass);
        pass.clear();
        if (random.nextDouble() < returnLoss) {
            return;
        }
        long atNs = nowNs + travelNs();
        if (sender == Sender.GATED_TICKING) {
            atNs = (atNs / (5 * MS) * 5 * MS) + (5 * MS);
        }
        at(atNs, () -> asked.forEach(this::answer));
    }

    private void answer(long sequence) {
        int index = (int) ((sequence - firstSequence) & 0xFFFF);
        int newest = (int) ((nowNs - (10 * MS)) / (SessionTime.SECOND / packetsPerSecond));
        index += Math.max(0, ((newest - index) >> 16) << 16);
        if (index > newest || index >= packets || index < 0) {
            return;
        }
        if (sender != Sender.UNGATED
                && nowNs - answeredNs[index] < (2 * delayNs) + (jitterNs / 2)) {
            return;
        }
        answeredNs[index] = nowNs;
        retransmissions++;
        if (!isLost(forwardLoss)) {
            int found = index;
            at(nowNs + travelNs(), () -> arrive(found, true));
        }
    }

    @Override
    public void flowStarted(int flowId, StartReason reason) {}

    /** Packets between the first and the last delivered that were not delivered. */
    int holes() {
        int first = deliveredIndices.get(0);
        int last = deliveredIndices.get(deliveredIndices.size() - 1);
        return (last - first) + 1 - deliveredIndices.size();
    }

    long latencyNs(double quantile) {
        List<Long> sorted = latenciesNs.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, quantile * sorted.size()));
    }
}
