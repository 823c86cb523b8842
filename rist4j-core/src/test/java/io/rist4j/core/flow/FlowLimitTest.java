package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Runs flows beyond each of their bounds, and looks at what is told of it. */
class FlowLimitTest {
    private static final long RTT_NS = 50 * MILLISECOND;

    private final Map<FlowLimit, Long> told = new EnumMap<>(FlowLimit.class);
    private final LimitWatch watch = new LimitWatch();
    private final RecordingSenderSink sink = new RecordingSenderSink();
    private final ByteBuffer payload = ByteBuffer.allocateDirect(2_000);

    private SenderFlow sender(UnaryOperator<SenderFlowConfig.Builder> change) {
        return new SenderFlow(change.apply(SenderFlowConfig.builder()).build(), 2, 0, sink);
    }

    private void stream(SenderFlow flow, long untilMs, int packetsPerMs, int bytes) {
        for (long ms = 0; ms < untilMs; ms++) {
            for (int i = 0; i < packetsPerMs; i++) {
                flow.send(ms * MILLISECOND, ms * MILLISECOND, payload, 0, bytes);
            }
            sink.all.clear();
        }
    }

    private void look(long nowNs, SenderFlow flow) {
        watch.look(nowNs, flow, (limit, packets) -> told.merge(limit, packets, Long::sum));
    }

    private void look(long nowNs, ReceiverFlow flow) {
        watch.look(
                nowNs, flow.counters(), (limit, packets) -> told.merge(limit, packets, Long::sum));
    }

    @Test
    void aSenderWithinItsBoundsTellsNothing() {
        SenderFlow flow = sender(b -> b);
        stream(flow, 3_000, 9, 1_316);
        flow.onMissing(3 * SECOND, 0, flow.lastSequence() - 4_000, 16, 4_000, RTT_NS, 0);
        look(3 * SECOND, flow);
        assertThat(told).isEmpty();
    }

    /** A history of two seconds, of which a receiver needs one. */
    @Test
    void sixtyThousandPacketsASecondAreKeptAsLongAsAReceiverNeedsThem() {
        SenderFlow flow = sender(b -> b);
        stream(flow, 3_000, 60, 200);
        look(3 * SECOND, flow);
        assertThat(told).isEmpty();
    }

    @Test
    void moreNumbersThanSixteenBitsHaveAreToldOf() {
        SenderFlow flow = sender(b -> b);
        stream(flow, 3_000, 80, 200);
        look(3 * SECOND, flow);
        assertThat(told).containsOnlyKeys(FlowLimit.HISTORY_NUMBERS);
        assertThat(flow.counters().evictedForNumbers()).isPositive();
    }

    @Test
    void thirtyTwoBitsHoldMore() {
        SenderFlow flow = sender(b -> b.sequenceBits(32));
        stream(flow, 3_000, 80, 200);
        look(3 * SECOND, flow);
        assertThat(told).isEmpty();
    }

    @Test
    void aHistoryWithoutMemoryIsToldOf() {
        SenderFlow flow = sender(b -> b.maxMemoryBytes(4 << 20));
        stream(flow, 2_000, 10, 1_316);
        look(2 * SECOND, flow);
        assertThat(told).containsOnlyKeys(FlowLimit.HISTORY_MEMORY);
        assertThat(told.get(FlowLimit.HISTORY_MEMORY))
                .isEqualTo(flow.counters().evictedForMemory());
    }

    @Test
    void aBitrateThatTheStreamItselfReachesIsToldOf() {
        SenderFlow flow = sender(b -> b.maxBitrate(100_000_000));
        stream(flow, 3_000, 10, 1_316);
        flow.onMissing(3 * SECOND, 0, flow.lastSequence() - 99, 16, 99, RTT_NS, 0);
        look(3 * SECOND, flow);
        assertThat(told).containsExactly(Map.entry(FlowLimit.RETRANSMISSION_RATE, 100L));
    }

    @Test
    void repetitionsThatAreUsedUpAreToldOf() {
        SenderFlow flow = sender(b -> b.maxRetries(2));
        stream(flow, 1, 1, 100);
        for (int i = 1; i <= 3; i++) {
            flow.onMissing(60L * i * MILLISECOND, 0, 0, 16, 0, RTT_NS, 0);
        }
        look(SECOND, flow);
        assertThat(told).containsExactly(Map.entry(FlowLimit.REPETITIONS, 1L));
    }

    @Test
    void requestsThatAreLeftOutAreToldOf() {
        SenderFlow flow = sender(b -> b);
        flow.onExcess(1_000);
        look(SECOND, flow);
        assertThat(told).containsExactly(Map.entry(FlowLimit.REQUESTS, 1_000L));
    }

    @Test
    void aBoundIsToldAtOnceAndThenEveryTenSeconds() {
        SenderFlow flow = sender(b -> b);
        List<Long> packets = new ArrayList<>();
        for (long ms = 0; ms <= 20_000; ms += 10) {
            flow.onExcess(1);
            watch.look(ms * MILLISECOND, flow, (limit, n) -> packets.add(n));
        }
        assertThat(packets).containsExactly(1L, 1_000L, 1_000L);
    }

    // ---- receivers

    private static FlowDriver receiver(UnaryOperator<ReceiverFlowConfig.Builder> change) {
        FlowDriver driver =
                new FlowDriver(change.apply(ReceiverFlowConfig.builder().startRepair(false)));
        driver.flow.setRoundTrip(RTT_NS, 0, RTT_NS);
        return driver;
    }

    private static void feed(FlowDriver driver, int packets, double perMs) {
        for (int i = 0; i < packets; i++) {
            driver.original(i / perMs, i & 0xFFFF);
        }
    }

    @Test
    void aBufferFollowsTheRateOfItsStream() {
        FlowDriver driver = receiver(b -> b);
        driver.payloadBytes = 1_316;
        feed(driver, 120_000, 60);
        look(2 * SECOND, driver.flow);
        assertThat(told).isEmpty();
        assertThat(driver.flow.counters().deliveredEarly).isZero();
    }

    @Test
    void aBufferWithoutMemoryIsToldOf() {
        FlowDriver driver = receiver(b -> b.maxMemoryBytes(4 << 20));
        driver.payloadBytes = 1_316;
        feed(driver, 20_000, 10);
        look(2 * SECOND, driver.flow);
        assertThat(told).containsOnlyKeys(FlowLimit.BUFFER_MEMORY);
        assertThat(driver.flow.counters().deliveredEarly).isPositive();
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void moreThanTwiceTheNumbersInABufferAreToldOf() {
        FlowDriver driver = receiver(b -> b);
        feed(driver, 300_000, 160);
        look(2 * SECOND, driver.flow);
        assertThat(told).containsOnlyKeys(FlowLimit.BUFFER_NUMBERS);
        assertThat(driver.flow.counters().deliveredEarly).isPositive();
    }

    @Test
    void whatCannotBeAskedForAnyMoreIsToldOf() {
        FlowDriver driver = receiver(b -> b);
        for (int i = 0; i < 160_000; i++) {
            if (i % 1_000 != 999) {
                driver.original(i / 80.0, i & 0xFFFF);
            }
        }
        look(2 * SECOND, driver.flow);
        assertThat(told).containsOnlyKeys(FlowLimit.REQUEST_NUMBERS);
    }

    @Test
    void requestsThatWaitForTheirBitrateAreToldOf() {
        FlowDriver driver = receiver(b -> b.returnBitrate(1_000));
        for (int i = 0; i < 2_000; i += 2) {
            driver.original(i, i);
        }
        look(2 * SECOND, driver.flow);
        assertThat(told).containsOnlyKeys(FlowLimit.RETURN_RATE);
    }
}
