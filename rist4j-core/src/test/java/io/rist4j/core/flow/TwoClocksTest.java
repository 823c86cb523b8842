package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.SequenceUnwrapper;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Paths of one flow that tell numbers of different widths, and time by different clocks. */
class TwoClocksTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final long GAP_NS = MS;
    private static final long MEGAHERTZ = 1_000_000;
    private static final int PACKETS = 3_000;

    /**
     * How a path tells numbers and times, and how it carries them.
     *
     * @param speed how many times as fast as it says its clock runs
     */
    private record Wire(
            long hertz,
            long baseNs,
            int bits,
            long delayNs,
            long jitterNs,
            double loss,
            int speed) {
        MediaPacket copyOf(MediaPacket sent) {
            var copy = new MediaPacket();
            copy.setHeader(sent);
            copy.sequenceBits = bits;
            copy.sequence = SequenceUnwrapper.ofBits(bits).wire(sent.sequence);
            copy.setStamp(MediaClock.stamp((sent.sourceNs + baseNs) * speed, hertz), hertz);
            copy.buffer = ByteBuffer.allocate(sent.payloadBytes);
            copy.buffer.put(0, sent.buffer, sent.payloadAt, sent.payloadBytes);
            copy.payloadBytes = sent.payloadBytes;
            return copy;
        }
    }

    private record Event(long atNs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private static Wire usual() {
        return new Wire(90_000, 0, 16, 20 * MS, 5 * MS, 0.2, 1);
    }

    private static Wire other(long hertz) {
        return new Wire(hertz, 987_654_321_000L, 32, 30 * MS, 5 * MS, 0.2, 1);
    }

    private final SplittableRandom random = new SplittableRandom(4711);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Long> sourceNs = new ArrayList<>();
    private final List<Long> requested = new ArrayList<>();
    private final List<ReceiverSink.StartReason> starts = new ArrayList<>();
    private final SenderFlow sender = new SenderFlow(senderConfig(), 2, 0x7_FF00, new Out());
    private final ReceiverFlow receiver =
            new ReceiverFlow(
                    ReceiverFlowConfig.builder()
                            .bufferMinNs(1_000 * MS)
                            .bufferMaxNs(1_000 * MS)
                            .build(),
                    new In());
    private Wire[] wires = {};

    /** Which paths an original takes, as bits, by its number. */
    private IntUnaryOperator paths = number -> 0b11;

    private long nowNs;
    private long order;
    private int sent;

    private static SenderFlowConfig senderConfig() {
        return SenderFlowConfig.builder().sequenceBits(32).timestampBaseNs(5 * MS).build();
    }

    private void at(long atNs, Runnable action) {
        events.add(new Event(atNs, order++, action));
    }

    private void cross(MediaPacket packet, int path) {
        Wire wire = wires[path];
        if (random.nextDouble() >= wire.loss || sent == PACKETS) { // the last is not missed
            MediaPacket copy = wire.copyOf(packet);
            at(
                    nowNs + delay(wire),
                    () -> {
                        copy.arrivalNs = nowNs;
                        receiver.onMedia(nowNs, path, copy);
                    });
        }
    }

    private long delay(Wire wire) {
        return wire.delayNs + random.nextLong(wire.jitterNs + 1);
    }

    private void run() {
        var payload = ByteBuffer.allocate(100);
        for (int i = 0; i < PACKETS; i++) {
            at(
                    i * GAP_NS,
                    () -> {
                        payload.putInt(0, sent++);
                        sender.send(nowNs, nowNs, payload, 0, payload.capacity());
                    });
        }
        receiver.setRoundTrip(50 * MS, 5 * MS, 40 * MS);
        long endNs = PACKETS * GAP_NS + 3_000 * MS;
        while (nowNs < endNs) {
            Event next = events.peek();
            long eventNs = next == null ? endNs : next.atNs();
            long deadlineNs = Wake.of(receiver::wakes).deadlineNs();
            nowNs = Math.max(nowNs, Math.min(eventNs, deadlineNs));
            if (nowNs >= deadlineNs) {
                receiver.onDeadline(nowNs);
            }
            while (!events.isEmpty() && events.element().atNs() <= nowNs) {
                events.remove().action().run();
            }
        }
    }

    private final class Out implements SenderSink {
        @Override
        public void transmit(MediaPacket packet) {
            int taken = paths.applyAsInt(sent - 1);
            for (int path = 0; path < wires.length; path++) {
                if ((taken >>> path & 1) != 0) {
                    cross(packet, path);
                }
            }
        }

        @Override
        public void retransmit(MediaPacket packet, int path) {
            cross(packet, path);
        }

        @Override
        public void repeatLast(MediaPacket packet) {}
    }

    private final class In implements ReceiverSink {
        @Override
        public void deliver(MediaBlock block) {
            numbers.add(block.buffer.getInt(block.payloadAt));
            sourceNs.add(block.sourceNs);
        }

        @Override
        public void request(long sequence, int attempt) {
            requested.add(sequence);
            int bits = receiver.sequenceBits();
            int path = random.nextInt(wires.length);
            Wire wire = wires[path];
            if (random.nextDouble() >= wire.loss) {
                int told = Math.min(bits, wire.bits);
                at(
                        nowNs + delay(wire),
                        () -> sender.onMissing(nowNs, path, sequence, told, 0, 50 * MS, 5 * MS));
            }
        }

        @Override
        public void endRequests() {}

        @Override
        public void flowStarted(int flowId, StartReason reason) {
            starts.add(reason);
        }
    }

    /** From one number on everything came, once, in order and as far apart as it was sent. */
    private void assertWhole(int from, long toleranceNs) {
        List<Integer> expected = IntStream.range(numbers.getFirst(), PACKETS).boxed().toList();
        assertThat(numbers.getFirst()).isLessThan(10);
        var missing = new ArrayList<>(expected);
        missing.removeAll(numbers);
        assertThat(missing).as("missing").isEmpty();
        assertThat(numbers).isEqualTo(expected);
        assertThat(starts).containsExactly(ReceiverSink.StartReason.FIRST_PACKET);
        assertThat(receiver.counters().droppedUnexpected).isZero();
        long firstNs = sourceNs.get(from) - numbers.get(from) * GAP_NS;
        for (int i = from; i < numbers.size(); i++) {
            assertThat(sourceNs.get(i) - numbers.get(i) * GAP_NS)
                    .as("packet %d", i)
                    .isBetween(firstNs - toleranceNs, firstNs + toleranceNs);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 1000000", "65536000000, 65536000000", "1000000, 65536000000"})
    void copiesOfEachPacketAgreeToTheTick(long hertz, long thirdHertz) {
        wires = new Wire[] {usual(), other(hertz), other(thirdHertz)};
        paths = number -> number % 2 == 0 ? 0b111 : 0b011;
        run();
        assertWhole(200, 30_000);
        assertThat(receiver.counters().duplicates).isGreaterThan(PACKETS / 2);
        assertThat(receiver.sequenceBits()).isEqualTo(32);
        assertThat(requested.getLast()).isGreaterThan(0x7_FF00);
    }

    @ParameterizedTest
    @CsvSource({"1000000, true", "65536000000, true", "1000000, false", "65536000000, false"})
    void sharesOfTwoClocksComeInOrder(long hertz, boolean usualFirst) {
        Wire other = other(hertz);
        wires = usualFirst ? new Wire[] {usual(), other} : new Wire[] {other, usual()};
        paths = number -> 1 << (number & 1);
        run();
        assertWhole(200, 20 * MS);
        assertThat(receiver.sequenceBits()).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({"1000000", "65536000000"})
    void aPathChangesItsClockWhileMediaFlow(long hertz) {
        Wire before = usual();
        Wire after = new Wire(hertz, 55_555_000, 32, before.delayNs, before.jitterNs, 0.2, 1);
        wires = new Wire[] {before};
        paths =
                number -> {
                    wires[0] = number < PACKETS / 2 ? before : after;
                    return 1;
                };
        run();
        assertWhole(200, 6 * MS);
        assertThat(receiver.sequenceBits()).isEqualTo(32);
    }

    @Test
    void aClockThatGoesWrongIsLeftForTheArrivals() {
        Wire wrong = new Wire(MEGAHERTZ, 0, 32, 30 * MS, 5 * MS, 0.2, 65_536);
        wires = new Wire[] {usual(), wrong};
        paths = number -> 1 << (number & 1);
        run();
        assertWhole(200, 30 * MS);
    }
}
