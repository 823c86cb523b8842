package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

class HostileMediaTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final List<ReceiverFlowConfig.Timing> TIMINGS =
            List.of(ReceiverFlowConfig.Timing.values());

    /** For what is checked millions of times: there an assertion object takes most of the time. */
    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Checks order, and that nothing is played twice, by the numbers that the test gave. */
    private static final class Checker implements ReceiverSink {
        long delivered;
        boolean inPass;

        @Override
        public void deliver(MediaBlock block) {
            check(block.payloadAt + block.payloadBytes <= block.buffer.capacity(), "within buffer");
            check(block.lostBefore >= 0, "lostBefore");
            delivered++;
        }

        @Override
        public void request(long sequence, int attempt) {
            check(attempt > 0, "attempt");
            inPass = true;
        }

        @Override
        public void endRequests() {
            check(inPass, "a pass has requests");
            inPass = false;
        }

        @Override
        public void flowStarted(int flowId, StartReason reason) {}
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noiseNeverThrowsNorGrowsMemoryNorStalls(long seed) {
        Random random = new Random(seed);
        Checker sink = new Checker();
        ReceiverFlowConfig config =
                ReceiverFlowConfig.builder()
                        .bufferMinNs(50 * MS)
                        .bufferMaxNs(100 * MS)
                        .maxMemoryBytes(8 << 20)
                        .timing(TIMINGS.get(random.nextInt(3)))
                        .build();
        int bits = 16 * random.nextInt(3);
        ReceiverFlow flow = new ReceiverFlow(config, sink);
        MediaPacket packet = new MediaPacket();
        packet.buffer = ByteBuffer.allocate(70_000);
        long nowNs = 0;
        long sequence = random.nextInt() & 0xFFFF_FFFFL;
        for (int i = 0; i < 60_000; i++) {
            nowNs += random.nextInt(10) == 0 ? random.nextLong(20 * MS) : random.nextLong(MS);
            sequence +=
                    switch (random.nextInt(12)) {
                        case 0 -> random.nextInt();
                        case 1 -> random.nextInt(100_000) - 50_000;
                        case 2 -> random.nextInt(100) - 50;
                        default -> 1;
                    };
            packet.sequence = random.nextInt(50) == 0 ? random.nextLong() : sequence;
            packet.sequenceBits = bits == 0 ? (random.nextBoolean() ? 16 : 32) : bits;
            long stamp =
                    random.nextInt(10) == 0
                            ? random.nextLong()
                            : (nowNs / 11_111) + random.nextInt(1000);
            long hertz =
                    switch (random.nextInt(20)) {
                        case 0 -> 0;
                        case 1 -> random.nextInt();
                        case 2 -> 8_000;
                        case 3 -> 1_000_000;
                        case 4 -> 65_536_000_000L;
                        default -> 90_000;
                    };
            packet.setStamp(stamp, hertz);
            packet.flowId = random.nextInt(30) == 0 ? random.nextInt(4) * 2 : 2;
            packet.retransmission = random.nextInt(4) == 0;
            packet.payloadBytes =
                    switch (random.nextInt(40)) {
                        case 0 -> 70_000;
                        case 1 -> -1;
                        case 2 -> 0;
                        case 3 -> 65_507;
                        default -> random.nextInt(1500);
                    };
            packet.arrivalNs = nowNs - random.nextLong(2 * MS);
            flow.onMedia(nowNs, random.nextInt(256), packet);
            switch (random.nextInt(200)) {
                case 0 ->
                        flow.setRoundTrip(random.nextLong(), random.nextLong(), random.nextLong());
                case 1 -> flow.onSenderReport(nowNs, random.nextLong(), random.nextLong());
                case 2 -> flow.setWallOffsetNs(random.nextLong());
                case 3 -> flow.setBufferNs(random.nextLong());
                case 4 -> flow.restart(ReceiverSink.StartReason.NEW_SOURCE);
                case 5 -> flow.setSenderHistoryNs(random.nextLong());
                default -> {}
            }
            if (Wake.of(flow::wakes).deadlineNs() <= nowNs) {
                flow.onDeadline(nowNs);
                long nextNs = Wake.of(flow::wakes).deadlineNs();
                check(nextNs > nowNs, "seed " + seed + " stalls at step " + i);
            }
            Wake wake = Wake.of(flow::wakes);
            check(wake.latestNs() >= wake.deadlineNs(), "slack");
        }
        ReceiverCounters counters = flow.counters();
        assertThat(counters.delivered).isPositive().isEqualTo(sink.delivered);
        assertThat(flow.payloadMemoryBytes()).isLessThan(10L << 20);
        assertThat(flow.reception().takeFractionLost(new ReceptionStatistics.Interval()))
                .isBetween(0, 255);
        // whatever happened, an orderly stream is served again
        long before = counters.delivered;
        flow.setRoundTrip(20 * MS, 0, 20 * MS);
        flow.setBufferNs(50 * MS);
        nowNs += 300 * SessionTime.SECOND; // the longest buffer shortens by 1/8 of that
        flow.onDeadline(nowNs);
        for (int i = 0; i < 1000; i++) {
            nowNs += MS;
            packet.flowId = 6;
            packet.sequence = 1000L + i;
            packet.sequenceBits = 16;
            packet.setStamp(7 + (i * 90L), 90_000);
            packet.retransmission = false;
            packet.payloadBytes = 100;
            packet.arrivalNs = nowNs;
            flow.onMedia(nowNs, 0, packet);
            flow.onDeadline(nowNs);
        }
        flow.onDeadline(nowNs + SessionTime.SECOND);
        assertThat(counters.delivered - before).as("seed %d", seed).isGreaterThanOrEqualTo(990);
    }
}
