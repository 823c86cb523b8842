package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;

class ReceiverFlowTest {
    private static final long MS = FlowDriver.MS;

    private final FlowDriver driver =
            new FlowDriver(ReceiverFlowConfig.builder().startRepair(false));
    private final RecordingReceiverSink sink = driver.sink;

    @Test
    void deliversEachPacketOneBufferAfterItsSourceTime() {
        driver.original(10, 100);
        driver.original(11, 101);
        driver.to(1009.9);
        assertThat(sink.deliveries).isEmpty();
        driver.to(1020);
        assertThat(sink.delivered()).containsExactly(100L, 101L);
        assertThat(sink.deliveries.get(0).atNs()).isEqualTo(1010 * MS);
        assertThat(sink.deliveries.get(0).dueNs()).isEqualTo(1010 * MS);
        assertThat(sink.starts)
                .containsExactly(
                        new RecordingReceiverSink.Start(FlowDriver.FLOW, StartReason.FIRST_PACKET));
    }

    @Test
    void asksForAGapAfterTheReorderHoldAndThenOncePerRound() {
        driver.flow.setRoundTrip(100 * MS, 0, 100 * MS);
        driver.original(0, 7);
        driver.original(2, 9);
        driver.to(16.9);
        assertThat(sink.requests).isEmpty();
        driver.to(17);
        assertThat(sink.requested()).containsExactly(8L);
        driver.to(126);
        assertThat(sink.requested()).containsExactly(8L);
        driver.to(127);
        assertThat(sink.requested()).containsExactly(8L, 8L);
        driver.retransmission(130, 1, 8);
        driver.to(1100);
        assertThat(sink.delivered()).containsExactly(7L, 8L, 9L);
        assertThat(driver.flow.counters().recoveredTwoRounds).isEqualTo(1);
    }

    @Test
    void goesOnWithoutALostPacketWhenItsSuccessorIsDue() {
        driver.original(0, 7);
        driver.original(10, 9);
        driver.to(2000);
        assertThat(sink.delivered()).containsExactly(7L, 9L);
        assertThat(sink.deliveries.get(1).lostBefore()).isEqualTo(1);
        assertThat(sink.deliveries.get(1).atNs()).isEqualTo(1010 * MS);
        assertThat(driver.flow.counters().lost).isEqualTo(1);
    }

    @Test
    void countsACopyAsDuplicate() {
        driver.original(0, 7);
        assertThat(driver.late(1, 0, 7)).isEqualTo(Verdict.DUPLICATE);
    }
}
