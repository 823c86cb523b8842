package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.RequestModel.Asking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetransmitGateTest {
    private static final long RTT_NS = 50 * MILLISECOND;

    /** libRIST: once per 1.1 round trips, on a pass every 5 ms. */
    private static final Asking ONCE_PER_TURN = new Asking(1, 0, 1.1, 5 * MILLISECOND);

    private static RetransmitGate gate(CongestionControl mode) {
        return new RetransmitGate(SenderFlowConfig.builder().congestionControl(mode).build());
    }

    @Test
    void opensAfterOneRoundTripWithoutJitter() {
        RetransmitGate gate = gate(CongestionControl.NORMAL);
        gate.onRequest(0, RTT_NS, 0);
        assertThat(gate.admits(RTT_NS - 1, 0, 0)).isFalse();
        assertThat(gate.admits(RTT_NS, 0, 0)).isTrue();
    }

    @Test
    void opensAfterTwoWhenAggressive() {
        RetransmitGate gate = gate(CongestionControl.AGGRESSIVE);
        gate.onRequest(0, RTT_NS, 0);
        assertThat(gate.admits(2 * RTT_NS - 1, 0, 0)).isFalse();
        assertThat(gate.admits(2 * RTT_NS, 0, 0)).isTrue();
    }

    @Test
    void isNeverShutWhenOff() {
        RetransmitGate gate = gate(CongestionControl.OFF);
        gate.onRequest(0, RTT_NS, 0);
        assertThat(gate.admits(0, 0, 0)).isTrue();
    }

    @Test
    void opensEarlierByTheJitterForWhoAsksOncePerTurn() {
        RetransmitGate gate = gate(CongestionControl.NORMAL);
        gate.onRequest(0, RTT_NS, 2 * MILLISECOND);
        assertThat(gate.admits(44 * MILLISECOND - 1, 0, 0)).isFalse();
        assertThat(gate.admits(44 * MILLISECOND, 0, 0)).isTrue();
        gate.onRequest(0, RTT_NS, 40 * MILLISECOND);
        assertThat(gate.admits(RTT_NS * 7 / 8 - 1, 0, 0)).isFalse();
        assertThat(gate.admits(RTT_NS * 7 / 8, 0, 0)).isTrue();
    }

    @Test
    void staysShutForTheWholeRoundTripForWhoRepeatsRequests() {
        RetransmitGate gate = gate(CongestionControl.NORMAL);
        gate.onRequest(0, RTT_NS, 2 * MILLISECOND);
        for (int i = 0; i < 10; i++) {
            assertThat(gate.admits(RTT_NS / 2, 0, 0)).isFalse();
        }
        assertThat(gate.admits(RTT_NS - 1, 0, 0)).isFalse();
        assertThat(gate.admits(RTT_NS, 0, 0)).isTrue();
    }

    @Test
    void whoAsksAfterThreeQuartersOfTheRoundTripDoesNotRepeatRequests() {
        RetransmitGate gate = gate(CongestionControl.NORMAL);
        gate.onRequest(0, RTT_NS, 2 * MILLISECOND);
        for (int i = 0; i < 10; i++) {
            assertThat(gate.admits(RTT_NS * 3 / 4, 0, 0)).isFalse();
        }
        assertThat(gate.admits(44 * MILLISECOND, 0, 0)).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(gate.admits(RTT_NS * 3 / 4 - 1, 0, 0)).isFalse();
        }
        assertThat(gate.admits(44 * MILLISECOND, 0, 0)).isFalse();
    }

    @Test
    void holdsTheRoundTripWithinItsBounds() {
        RetransmitGate gate = gate(CongestionControl.NORMAL);
        gate.onRequest(0, 0, -1);
        assertThat(gate.admits(5 * MILLISECOND - 1, 0, 0)).isFalse();
        assertThat(gate.admits(5 * MILLISECOND, 0, 0)).isTrue();
        gate.onRequest(0, Long.MAX_VALUE, 0);
        assertThat(gate.admits(500 * MILLISECOND - 1, 0, 0)).isFalse();
        assertThat(gate.admits(500 * MILLISECOND, 0, 0)).isTrue();
    }

    @Test
    void waitsTheMeanOfBothRoundTripsBetweenPaths() {
        RetransmitGate gate = gate(CongestionControl.NORMAL);
        gate.onRequest(3, 20 * MILLISECOND, 0);
        gate.onRequest(63, 80 * MILLISECOND, 0);
        assertThat(gate.admits(50 * MILLISECOND - 1, 3, 63)).isFalse();
        assertThat(gate.admits(50 * MILLISECOND, 3, 63)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 6", "4, 6"})
    void requestsRepeatedWithinTheRoundTripDoNotRepeatThePacket(long seed, long jitterMs) {
        for (Asking asking :
                new Asking[] {
                    new Asking(2, 0.5, 1.1, 0),
                    new Asking(3, 0.33, 1.1, 0),
                    new Asking(4, 0.25, 1.0, 0),
                    new Asking(6, 0.166, 1.0, 0),
                    new Asking(3, 0, 1.1, 0)
                }) {
            var model =
                    new RequestModel(
                                    seed,
                                    0.5,
                                    jitterMs * MILLISECOND,
                                    asking,
                                    CongestionControl.NORMAL)
                            .run();
            String as = "seed %d, jitter %d ms, %s".formatted(seed, jitterMs, asking);
            assertThat(model.forwardOfIdeal()).as(as).isLessThan(1.05);
            assertThat(model.counters().bloatSkipped()).as(as).isGreaterThan(3_000);
            if (asking.copies() >= 4) {
                assertThat(RequestModel.PACKETS - model.delivered).as(as).isLessThanOrEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0.1", "2, 0.2", "3, 0.5"})
    void requestRepeatedOncePerRoundTripIsNotRefused(long seed, double loss) {
        var model =
                new RequestModel(
                                seed,
                                loss,
                                3 * MILLISECOND,
                                ONCE_PER_TURN,
                                CongestionControl.NORMAL)
                        .run();
        String as = "seed %d, loss %s".formatted(seed, loss);
        assertThat(model.counters().bloatSkipped()).as(as).isZero();
        assertThat(model.forwardOfIdeal()).as(as).isLessThan(1.03);
    }

    @Test
    void withoutTheGateRepeatedRequestsMultiplyTheTraffic() {
        var model =
                new RequestModel(
                                1,
                                0.5,
                                3 * MILLISECOND,
                                new Asking(6, 0.166, 1.0, 0),
                                CongestionControl.OFF)
                        .run();
        assertThat(model.forwardOfIdeal()).isGreaterThan(1.5);
    }
}
