package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class ReceiverFlowConfigTest {
    private static final long MS = SessionTime.MILLISECOND;

    private static void refuses(ReceiverFlowConfig.Builder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void hasTheDefaultsOfTheProtocolGuide() {
        ReceiverFlowConfig config = ReceiverFlowConfig.defaults();
        assertThat(config.bufferStartNs()).isEqualTo(1000 * MS);
        assertThat(config.reorderNs()).isEqualTo(15 * MS);
        assertThat(config.rttMinNs()).isEqualTo(5 * MS);
        assertThat(config.rttMaxNs()).isEqualTo(500 * MS);
        assertThat(config.rttMultiplier()).isEqualTo(7);
        assertThat(config.maxRetries()).isEqualTo(20);
        assertThat(config.maxMemoryBytes()).isEqualTo(512L << 20);
        assertThat(config.returnBitrate()).isZero();
        assertThat(config.timing()).isEqualTo(ReceiverFlowConfig.Timing.SOURCE);
        assertThat(config.requestRedundancy()).isTrue();
        assertThat(config.startRepair()).isTrue();
        assertThat(config.playoutToleranceNs()).isEqualTo(MS);
    }

    @Test
    void startsInTheMiddleOfTheBuffersRange() {
        ReceiverFlowConfig config =
                ReceiverFlowConfig.builder().bufferMinNs(100 * MS).bufferMaxNs(800 * MS).build();
        assertThat(config.bufferStartNs()).isEqualTo(450 * MS);
    }

    @Test
    void namesFieldValueRangeAndUnit() {
        refuses(
                ReceiverFlowConfig.builder().bufferNs(20 * MS),
                "bufferMin 20 ms is outside 50 ms..30 s");
        refuses(
                ReceiverFlowConfig.builder().bufferNs(31_000 * MS),
                "bufferMin 31 s is outside 50 ms..30 s");
        refuses(
                ReceiverFlowConfig.builder().bufferMaxNs(500 * MS),
                "bufferMax 500 ms is outside 1 s..30 s");
        refuses(
                ReceiverFlowConfig.builder().reorderNs(1001 * MS),
                "reorder 1001 ms is outside 0 ms..1 s");
        refuses(ReceiverFlowConfig.builder().reorderNs(-1), "reorder -1 ns is outside 0 ms..1 s");
        refuses(
                ReceiverFlowConfig.builder().rttMinNs(MS / 2),
                "rttMin 500000 ns is outside 1 ms..1 s");
        refuses(ReceiverFlowConfig.builder().rttMaxNs(2 * MS), "rttMax 2 ms is outside 5 ms..10 s");
        refuses(
                ReceiverFlowConfig.builder().rttMultiplier(0),
                "rttMultiplier 0 round trips is outside 1..100 round trips");
        refuses(
                ReceiverFlowConfig.builder().maxRetries(1),
                "maxRetries 1 rounds is outside 2..100 rounds");
        refuses(
                ReceiverFlowConfig.builder().maxMemoryBytes(999),
                "maxMemory 999 bytes is outside 1048576..68719476736 bytes");
        refuses(
                ReceiverFlowConfig.builder().returnBitrate(1),
                "returnBitrate 1 bit/s is outside 1000..10000000000 bit/s");
        refuses(
                ReceiverFlowConfig.builder().playoutToleranceNs(21 * MS),
                "playoutTolerance 21 ms is outside 0 ms..20 ms");
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        ReceiverFlowConfig.Builder builder = ReceiverFlowConfig.builder();
        ReceiverFlowConfig config = builder.build();
        builder.maxRetries(7);
        assertThat(config.maxRetries()).isEqualTo(20);
    }
}
