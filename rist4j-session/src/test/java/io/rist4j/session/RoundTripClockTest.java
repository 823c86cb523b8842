package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripClockTest {
    private static final long MS = 1_000_000;

    private final RoundTripClock clock = new RoundTripClock();

    @Test
    void measuresByEchoWithoutThePeersOwnDelay() {
        clock.onEchoSent(10 * MS);
        assertThat(clock.onEchoResponse(60 * MS, 10 * MS, 2_000)).isEqualTo(48 * MS);
    }

    @Test
    void countsEachEchoOnceAndRefusesTimestampsThatAreNoneOfOurs() {
        clock.onEchoSent(10 * MS);
        assertThat(clock.onEchoResponse(60 * MS, 11 * MS, 0)).isEqualTo(RoundTripClock.UNKNOWN);
        assertThat(clock.onEchoResponse(60 * MS, 0, 0)).isEqualTo(RoundTripClock.UNKNOWN);
        assertThat(clock.onEchoResponse(60 * MS, 10 * MS, 0)).isEqualTo(50 * MS);
        assertThat(clock.onEchoResponse(61 * MS, 10 * MS, 0)).isEqualTo(RoundTripClock.UNKNOWN);
    }

    @Test
    void aPeerThatClaimsMoreDelayThanPassedMeasuresZero() {
        clock.onEchoSent(10 * MS);
        assertThat(clock.onEchoResponse(11 * MS, 10 * MS, 0xFFFF_FFFFL)).isZero();
    }

    @Test
    void measuresByReportBlockWhereThePeerHasNoEcho() {
        long ntp = 0x1122_3344_5566_7788L;
        clock.onReportSent(100 * MS, ntp);
        long delay = 65_536 / 10;
        assertThat(clock.onReportBlock(250 * MS, 0x3344_5566L, delay)).isBetween(49 * MS, 51 * MS);
        assertThat(clock.onReportBlock(250 * MS, 0, 0)).isEqualTo(RoundTripClock.UNKNOWN);
        assertThat(clock.onReportBlock(250 * MS, 0x1234L, 0)).isEqualTo(RoundTripClock.UNKNOWN);
    }

    @Test
    void trapT6StaleBlocksMeasureNothing() {
        clock.onReportSent(100 * MS, 0x1122_3344_5566_7788L);
        assertThat(clock.onReportBlock(250 * MS, 0x3344_5566L, 0xFFFF_FFFFL))
                .isEqualTo(RoundTripClock.UNKNOWN);
    }

    @Test
    void theEchoTakesPrecedenceOnceSeen() {
        clock.onReportSent(100 * MS, 0x1122_3344_5566_7788L);
        clock.onEchoSent(100 * MS);
        clock.onEchoResponse(150 * MS, 100 * MS, 0);
        assertThat(clock.onReportBlock(250 * MS, 0x3344_5566L, 0))
                .isEqualTo(RoundTripClock.UNKNOWN);
    }

    @Test
    void reportsTheDelaySinceTheLastSenderReport() {
        assertThat(clock.lastSr()).isZero();
        assertThat(clock.delaySinceLastSr(5_000 * MS)).isZero();
        clock.onReportHeard(1_000 * MS, 0x1122_3344_5566_7788L);
        assertThat(clock.lastSr()).isEqualTo(0x3344_5566L);
        assertThat(clock.delaySinceLastSr(1_500 * MS)).isEqualTo(32_768);
    }
}
