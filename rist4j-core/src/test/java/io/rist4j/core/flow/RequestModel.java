package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.RttEstimator;

import java.nio.ByteBuffer;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A sender flow and a model of a receiver, on virtual time, with loss and jitter both ways: what
 * the sender's gate makes of receivers that ask in different ways.
 */
final class RequestModel implements SenderSink {
    static final int PACKETS = 12_000;
    static final long ONE_WAY_NS = 25 * MILLISECOND;
    static final long BUFFER_NS = SECOND;

    private record Event(long atNs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** How a receiver asks. */
    record Asking(int copies, double spreadOfRoundTrip, double turnOfRoundTrip, long passNs) {}

    private final SplittableRandom random;
    private final double loss;
    private final long jitterNs;
    private final Asking asking;
    private final SenderFlow flow;
    private final RttEstimator rtt = new RttEstimator(2 * ONE_WAY_NS);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final long[] arrivedNs = new long[PACKETS];
    private final long[] sentNs = new long[PACKETS];
    private long nowNs;
    private long order;

    long forward;
    long delivered;
    long requests;

    RequestModel(
            long seed,
            double loss,
            long jitterNs,
            Asking asking,
            CongestionControl congestionControl) {
        random = new SplittableRandom(seed);
        this.loss = loss;
        this.jitterNs = jitterNs;
        this.asking = asking;
        flow =
                new SenderFlow(
                        SenderFlowConfig.builder().congestionControl(congestionControl).build(),
                        2,
                        0,
                        this);
    }

    RequestModel run() {
        for (int i = 0; i < PACKETS; i++) {
            long at = i * MILLISECOND;
            arrivedNs[i] = Long.MAX_VALUE;
            sentNs[i] = at;
            at(at, () -> flow.send(nowNs, nowNs, ByteBuffer.allocate(100), 0, 100));
        }
        for (long at = 0; at < PACKETS * MILLISECOND; at += 100 * MILLISECOND) {
            at(
                    at,
                    () -> {
                        if (random.nextDouble() < (1 - loss) * (1 - loss)) {
                            rtt.onSample(delay() + delay());
                        }
                    });
        }
        for (Event event = events.poll(); event != null; event = events.poll()) {
            nowNs = event.atNs();
            event.action().run();
        }
        for (int i = 0; i < PACKETS; i++) {
            delivered += arrivedNs[i] <= dueNs(i) ? 1 : 0;
        }
        return this;
    }

    SenderCounters counters() {
        return flow.counters();
    }

    /** Forward packets in relation to the least that this loss needs. */
    double forwardOfIdeal() {
        return forward * (1 - loss) / PACKETS;
    }

    private long dueNs(int packet) {
        return sentNs[packet] + ONE_WAY_NS + BUFFER_NS;
    }

    private void at(long atNs, Runnable action) {
        events.add(new Event(atNs, order++, action));
    }

    private long delay() {
        return ONE_WAY_NS + random.nextLong(-jitterNs, jitterNs + 1);
    }

    @Override
    public void transmit(MediaPacket packet) {
        int number = (int) packet.sequence;
        forward++;
        if (!crosses(number)) {
            // The receiver sees the gap with the packets that follow.
            at(nowNs + ONE_WAY_NS + jitterNs + 5 * MILLISECOND, () -> turn(number, nowNs));
        }
    }

    @Override
    public void retransmit(MediaPacket packet, int path) {
        forward++;
        crosses((int) packet.sequence);
    }

    @Override
    public void repeatLast(MediaPacket packet) {}

    private boolean crosses(int number) {
        if (random.nextDouble() < loss) {
            return false;
        }
        long at = nowNs + delay();
        arrivedNs[number] = Math.min(arrivedNs[number], at);
        return true;
    }

    /** One turn of asking for a packet, and the next one after it. */
    private void turn(int number, long askedNs) {
        if (arrivedNs[number] <= nowNs || nowNs > dueNs(number)) {
            return;
        }
        for (int copy = 0; copy < asking.copies(); copy++) {
            long later = (long) (2 * ONE_WAY_NS * asking.spreadOfRoundTrip() * copy);
            at(onPass(askedNs + later), () -> ask(number));
        }
        long next = onPass(askedNs + (long) (2 * ONE_WAY_NS * asking.turnOfRoundTrip()));
        at(next, () -> turn(number, next));
    }

    private long onPass(long atNs) {
        return asking.passNs() == 0 ? atNs : Math.ceilDiv(atNs, asking.passNs()) * asking.passNs();
    }

    private void ask(int number) {
        if (arrivedNs[number] <= nowNs) {
            return;
        }
        requests++;
        if (random.nextDouble() < loss) {
            return;
        }
        at(
                nowNs + delay(),
                () -> flow.onMissing(nowNs, 0, number, 16, 0, rtt.smoothedNs(), rtt.variationNs()));
    }
}
