package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

class SenderFlowConfigTest {
    @Test
    void hasTheDefaultsOfLibRist() {
        SenderFlowConfig config = SenderFlowConfig.builder().build();
        assertThat(config.sequenceBits()).isEqualTo(16);
        assertThat(config.bufferMaxNs()).isEqualTo(SECOND);
        assertThat(config.rttMinNs()).isEqualTo(5 * MILLISECOND);
        assertThat(config.rttMaxNs()).isEqualTo(500 * MILLISECOND);
        assertThat(config.maxRetries()).isEqualTo(20);
        assertThat(config.maxBitrate()).isEqualTo(SenderFlowConfig.BY_THE_MEDIA);
        assertThat(config.congestionControl()).isEqualTo(CongestionControl.NORMAL);
        assertThat(config.tailRepair()).isTrue();
        assertThat(config.maxPayloadBytes()).isEqualTo(9968);
        assertThat(config.historyNs()).isEqualTo(2 * SECOND);
    }

    record Bad(UnaryOperator<SenderFlowConfig.Builder> change, String message) {}

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad(
                        b -> b.sequenceBits(24),
                        "sequenceBits 24 bits is neither 16 bits nor 32 bits"),
                new Bad(b -> b.bufferMaxNs(0), "bufferMax 0 ms is outside 1 ms..30 s"),
                new Bad(b -> b.bufferMaxNs(31 * SECOND), "bufferMax 31 s is outside 1 ms..30 s"),
                new Bad(b -> b.rttMinNs(1), "rttMin 1 ns is outside 1 ms..500 ms"),
                new Bad(b -> b.rttMinNs(SECOND), "rttMin 1 s is outside 1 ms..500 ms"),
                new Bad(b -> b.rttMaxNs(11 * SECOND), "rttMax 11 s is outside 1 ms..10 s"),
                new Bad(b -> b.rttInitialNs(-1), "rttInitial -1 ns is outside 0 ms..10 s"),
                new Bad(b -> b.maxRetries(1), "maxRetries 1 retries is outside 2..100 retries"),
                new Bad(b -> b.maxRetries(101), "maxRetries 101 retries is outside 2..100 retries"),
                new Bad(
                        b -> b.maxBitrate(999),
                        "maxBitrate 999 bit/s is outside 1000..100000000000 bit/s"),
                new Bad(
                        b -> b.maxPayloadBytes(9969),
                        "maxPayload 9969 bytes is outside 1..9968 bytes"),
                new Bad(
                        b -> b.timestampBaseNs(-1),
                        "timestampBase -1 ns is outside 0..4611686018427387904 ns"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatIsOutOfRangeNamingFieldValueRangeAndUnit(Bad bad) {
        assertThatThrownBy(() -> bad.change().apply(SenderFlowConfig.builder()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(bad.message());
    }

    @Test
    void flowRefusesAnOddFlowId() {
        SenderFlowConfig config = SenderFlowConfig.builder().build();
        assertThatThrownBy(() -> new SenderFlow(config, 3, 0, new RecordingSenderSink()))
                .hasMessage("flowId 0x00000003 is odd; bit 0 marks retransmissions");
    }
}
