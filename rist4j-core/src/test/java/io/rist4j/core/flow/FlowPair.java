package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.Wake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Both halves of ARQ over one lossy path, in virtual time. The first four bytes of a payload are
 * its number. The same seed gives the same run.
 */
final class FlowPair {
    private record Event(long atNs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    final SenderFlow sender;
    final ReceiverFlow receiver;
    final BitSet delivered = new BitSet();

    /** Media packets put on the path, of every kind. */
    int forward;

    int twice;
    int disorder;

    /** Which originals never cross, by number; the other packets are lost at random. */
    IntPredicate cut = number -> false;

    private final SplittableRandom random;
    private final double loss;
    private final long oneWayNs;
    private final long jitterNs;
    private final RttEstimator rtt;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Long> pass = new ArrayList<>();
    private final ByteBuffer payload;
    private long nowNs;
    private long order;
    private int numbered;
    private int lastDelivered = -1;

    FlowPair(long seed, double loss, long oneWayNs, long jitterNs) {
        this(seed, loss, oneWayNs, jitterNs, 188);
    }

    FlowPair(long seed, double loss, long oneWayNs, long jitterNs, int payloadBytes) {
        payload = ByteBuffer.allocate(payloadBytes);
        random = new SplittableRandom(seed);
        this.loss = loss;
        this.oneWayNs = oneWayNs;
        this.jitterNs = jitterNs;
        rtt = new RttEstimator(2 * oneWayNs);
        sender = new SenderFlow(SenderFlowConfig.builder().build(), 2, 65_000, new Out());
        receiver = new ReceiverFlow(ReceiverFlowConfig.defaults(), new In());
    }

    /** Schedules originals, at even distances. */
    void send(long fromNs, int packets, long gapNs) {
        for (int i = 0; i < packets; i++) {
            at(
                    fromNs + i * gapNs,
                    () -> {
                        payload.putInt(0, numbered++);
                        sender.send(nowNs, nowNs, payload, 0, payload.capacity());
                    });
        }
    }

    /** Round trips are measured ten times a second, at both ends. */
    void measure(long toNs) {
        for (long at = 0; at < toNs; at += 100 * MILLISECOND) {
            at(
                    at,
                    () -> {
                        if (random.nextDouble() < (1 - loss) * (1 - loss)) {
                            rtt.onSample(delay() + delay());
                            sender.setRoundTrip(rtt.smoothedNs(), rtt.variationNs());
                            receiver.setRoundTrip(
                                    rtt.smoothedNs(), rtt.variationNs(), rtt.leastNs());
                        }
                    });
        }
    }

    FlowPair run(long toNs) {
        while (nowNs < toNs) {
            long eventNs = events.isEmpty() ? toNs : events.peek().atNs();
            long deadlineNs =
                    Math.min(
                            Wake.of(sender::wakes).deadlineNs(),
                            Wake.of(receiver::wakes).deadlineNs());
            nowNs = Math.max(nowNs, Math.min(eventNs, deadlineNs));
            if (nowNs >= Wake.of(sender::wakes).deadlineNs()) {
                sender.onDeadline(nowNs);
            }
            if (nowNs >= Wake.of(receiver::wakes).deadlineNs()) {
                receiver.onDeadline(nowNs);
            }
            while (!events.isEmpty() && events.peek().atNs() <= nowNs) {
                events.remove().action().run();
            }
        }
        return this;
    }

    /** Forward packets in relation to the least that this loss needs. */
    double forwardOfIdeal() {
        return forward * (1 - loss) / numbered;
    }

    private void at(long atNs, Runnable action) {
        events.add(new Event(atNs, order++, action));
    }

    private long delay() {
        return oneWayNs + random.nextLong(-jitterNs, jitterNs + 1);
    }

    private final class Out implements SenderSink {
        @Override
        public void transmit(MediaPacket packet) {
            if (cut.test(numbered - 1)) {
                forward++;
            } else {
                cross(packet);
            }
        }

        @Override
        public void retransmit(MediaPacket packet, int path) {
            cross(packet);
        }

        @Override
        public void repeatLast(MediaPacket packet) {
            cross(packet);
        }

        private void cross(MediaPacket sent) {
            forward++;
            if (random.nextDouble() < loss) {
                return;
            }
            var copy = new MediaPacket();
            copy.setHeader(sent);
            copy.sequenceBits = 16;
            copy.setStamp(MediaClock.stamp(sent.sourceNs, 90_000), 90_000);
            copy.buffer = ByteBuffer.allocate(sent.payloadBytes);
            copy.buffer.put(0, sent.buffer, sent.payloadAt, sent.payloadBytes);
            copy.payloadBytes = sent.payloadBytes;
            at(
                    nowNs + delay(),
                    () -> {
                        copy.arrivalNs = nowNs;
                        receiver.onMedia(nowNs, 0, copy);
                    });
        }
    }

    private final class In implements ReceiverSink {
        @Override
        public void deliver(MediaBlock block) {
            int number = block.buffer.getInt(block.payloadAt);
            twice += delivered.get(number) ? 1 : 0;
            disorder += number <= lastDelivered ? 1 : 0;
            lastDelivered = number;
            delivered.set(number);
        }

        @Override
        public void request(long sequence, int attempt) {
            pass.add(sequence);
        }

        @Override
        public void endRequests() {
            List<Long> asked = List.copyOf(pass);
            pass.clear();
            if (random.nextDouble() >= loss) {
                at(nowNs + delay(), () -> asked.forEach(this::arrive));
            }
        }

        private void arrive(long sequence) {
            sender.onMissing(nowNs, 0, sequence, 16, 0, rtt.smoothedNs(), rtt.variationNs());
        }

        @Override
        public void flowStarted(int flowId, StartReason reason) {}
    }
}
