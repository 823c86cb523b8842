package io.rist4j.cli.ts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PcrTimelineTest {
    private static final long MS = 27_000;
    private static final long MS_NS = 1_000_000;

    private final PcrTimeline timeline = new PcrTimeline(8_000_000);

    @Test
    void goesByTheDefaultBitrateWithoutReferences() {
        assertThat(timeline.dueNs(1_000_000)).isEqualTo(1000 * MS_NS);
        assertThat(timeline.isRateKnown()).isFalse();
    }

    @Test
    void interpolatesBetweenReferencesWhoseBitrateVaries() {
        timeline.onPcr(0, 0, false);
        timeline.onPcr(10_000, 40 * MS, false);
        assertThat(timeline.dueNs(5_000)).isEqualTo(20 * MS_NS);

        timeline.onPcr(30_000, 80 * MS, false);
        assertThat(timeline.dueNs(20_000)).isEqualTo(60 * MS_NS);
        assertThat(timeline.dueNs(30_000)).isEqualTo(80 * MS_NS);
    }

    @Test
    void givesBytesBeforeTheFirstReferenceTheFirstBitrate() {
        timeline.onPcr(10_000, 500 * MS, false);
        timeline.onPcr(20_000, 540 * MS, false);

        assertThat(timeline.dueNs(0)).isZero();
        assertThat(timeline.dueNs(10_000)).isEqualTo(40 * MS_NS);
        assertThat(timeline.dueNs(20_000)).isEqualTo(80 * MS_NS);
    }

    @Test
    void continuesAcrossTheWrapOfTheClock() {
        timeline.onPcr(0, TsPacket.CLOCK_WRAP - (20 * MS), false);
        timeline.onPcr(10_000, 20 * MS, false);

        assertThat(timeline.dueNs(10_000)).isEqualTo(40 * MS_NS);
    }

    @Test
    void bridgesACutWithTheBitrateBeforeIt() {
        timeline.onPcr(0, 0, false);
        timeline.onPcr(10_000, 40 * MS, false);
        timeline.onPcr(20_000, 5 * MS, false); // backwards
        assertThat(timeline.dueNs(20_000)).isEqualTo(80 * MS_NS);

        timeline.onPcr(30_000, 100_000 * MS, false); // far ahead
        assertThat(timeline.dueNs(30_000)).isEqualTo(120 * MS_NS);

        timeline.onPcr(40_000, 100_020 * MS, false);
        assertThat(timeline.dueNs(40_000)).isEqualTo(140 * MS_NS);
    }

    @Test
    void goesBySparseReferences() {
        timeline.onPcr(0, 0, false);
        timeline.onPcr(1_000_000, 2500 * MS, false);
        assertThat(timeline.isRateKnown()).isTrue();
        assertThat(timeline.dueNs(1_000_000)).isEqualTo(2500 * MS_NS);

        timeline.onPcr(2_000_000, 6000 * MS, false);
        assertThat(timeline.dueNs(2_000_000)).isEqualTo(6000 * MS_NS);
    }

    @Test
    void bridgesASparseStepThatWouldChangeTheBitrateManyTimes() {
        timeline.onPcr(0, 0, false);
        timeline.onPcr(10_000, 40 * MS, false);
        timeline.onPcr(20_000, 5040 * MS, false);

        assertThat(timeline.dueNs(20_000)).isEqualTo(80 * MS_NS);
    }

    @Test
    void bridgesWhatTheStreamCallsADiscontinuity() {
        timeline.onPcr(0, 0, false);
        timeline.onPcr(10_000, 40 * MS, false);
        timeline.onPcr(20_000, 640 * MS, true);

        assertThat(timeline.dueNs(20_000)).isEqualTo(80 * MS_NS);
    }
}
