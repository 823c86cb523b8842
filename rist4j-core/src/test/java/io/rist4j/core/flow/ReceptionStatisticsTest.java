package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
    private final ReceptionStatistics statistics = new ReceptionStatistics();
    private final ReceptionStatistics.Interval interval = new ReceptionStatistics.Interval();

    @Test
    void hasNothingToReportBeforeTheFirstPacket() {
        assertThat(statistics.isStarted()).isFalse();
        assertThat(statistics.cumulativeLost()).isZero();
        assertThat(statistics.takeFractionLost(interval)).isZero();
    }

    @Test
    void countsLossBetweenReports() {
        statistics.restart(1000);
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 1) {
                statistics.onOriginal(1000 + i);
            }
        }
        assertThat(statistics.cumulativeLost()).isEqualTo(25);
        assertThat(statistics.takeFractionLost(interval)).isEqualTo(64);
        for (int i = 100; i < 200; i++) {
            statistics.onOriginal(1000 + i);
        }
        assertThat(statistics.takeFractionLost(interval)).isZero();
        assertThat(statistics.cumulativeLost()).isEqualTo(25);
    }

    @Test
    void everyPeerIsToldTheLossSinceItsOwnLastReport() {
        var other = new ReceptionStatistics.Interval();
        statistics.restart(0);
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 1) {
                statistics.onOriginal(i);
            }
        }
        assertThat(statistics.takeFractionLost(interval)).isEqualTo(64);
        for (int i = 100; i < 200; i++) {
            statistics.onOriginal(i);
        }
        assertThat(statistics.takeFractionLost(other)).isEqualTo(32);
        assertThat(statistics.takeFractionLost(interval)).isZero();
    }

    @Test
    void countsWrapsAboveTheSequenceNumber() {
        statistics.restart(65_530);
        for (int i = 0; i < 10; i++) {
            statistics.onOriginal(65_530 + i);
        }
        assertThat(statistics.extendedHighestSequence()).isEqualTo(0x0001_0003L);
    }

    @Test
    void aPacketThatComesOutOfOrderIsNotLost() {
        statistics.restart(10);
        statistics.onOriginal(10);
        statistics.onOriginal(12);
        statistics.onOriginal(11);
        statistics.onOriginal(9);
        assertThat(statistics.cumulativeLost()).isZero();
        assertThat(statistics.extendedHighestSequence()).isEqualTo(12);
    }

    @Test
    void goesOnOverARestart() {
        statistics.restart(0);
        statistics.onOriginal(0);
        statistics.onOriginal(3);
        statistics.restart(50_000);
        statistics.onOriginal(50_000);
        assertThat(statistics.cumulativeLost()).isEqualTo(2);
    }

    @Test
    void neverSaysMoreThan24Bits() {
        statistics.restart(0);
        statistics.onOriginal(0);
        statistics.onOriginal(1L << 33);
        assertThat(statistics.cumulativeLost()).isEqualTo(0x7F_FFFF);
        assertThat(statistics.takeFractionLost(interval)).isEqualTo(255);
    }

    @Test
    void measuresJitterAsRfc3550Does() {
        statistics.restart(0);
        statistics.onTransit(1000, 0);
        statistics.onTransit(1160, 0);
        assertThat(statistics.jitterNs()).isEqualTo(10);
        for (int i = 0; i < 200; i++) {
            statistics.onTransit(1160, 0);
        }
        assertThat(statistics.jitterNs()).isZero();
    }
}
