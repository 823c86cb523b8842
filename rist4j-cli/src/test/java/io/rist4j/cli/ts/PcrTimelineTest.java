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
        timeline.onPcr(0, 0);
        timeline.onPcr(10_000, 40 * MS);
        assertThat(timeline.dueNs(5_000)).isEqualTo(20 * MS_NS);

        timeline.onPcr(30_000, 80 * MS);
        assertThat(timeline.dueNs(20_000)).isEqualTo(60 * MS_NS);
        assertThat(timeline.dueNs(30_000)).isEqualTo(80 * MS_NS);
    }

    @Test
    void givesBytesBeforeTheFirstReferenceTheFirstBitrate() {
        timeline.onPcr(10_000, 500 * MS);
        timeline.onPcr(20_000, 540 * MS);

        assertThat(timeline.dueNs(0)).isZero();
        assertThat(timeline.dueNs(10_000)).isEqualTo(40 * MS_NS);
        assertThat(timeline.dueNs(20_000)).isEqualTo(80 * MS_NS);
    }

    @Test
    void continuesAcrossTheWrapOfTheClock() {
        timeline.onPcr(0, TsPacket.CLOCK_WRAP - (20 * MS));
        timeline.onPcr(10_000, 20 * MS);

        assertThat(timeline.dueNs(10_000)).isEqualTo(40 * MS_NS);
    }

    @Test
    void bridgesACutWithTheBitrateBeforeIt() {
        timeline.onPcr(0, 0);
        timeline.onPcr(10_000, 40 * MS);
        timeline.onPcr(20_000, 5 * MS); // backwards
        assertThat(timeline.dueNs(20_000)).isEqualTo(80 * MS_NS);

        timeline.onPcr(30_000, 100_000 * MS); // far ahead
        assertThat(timeline.dueNs(30_000)).isEqualTo(120 * MS_NS);

        timeline.onPcr(40_000, 100_020 * MS);
        assertThat(timeline.dueNs(40_000)).isEqualTo(140 * MS_NS);
    }
}
