package io.rist4j.core.rate;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rist4j.core.AllocationMeter;

import org.junit.jupiter.api.Test;

class BitrateMeterTest {
    private final BitrateMeter meter = new BitrateMeter();

    /** 1250 bytes per ms are 10 Mb/s. */
    private long feed(long fromNs, long toNs, int bytesPerMillisecond) {
        long now = fromNs;
        for (; now < toNs; now += MILLISECOND) {
            meter.add(now, bytesPerMillisecond);
        }
        return now;
    }

    @Test
    void slowAverageKnowsAConstantRateAfterOneWindow() {
        long now = feed(0, SECOND, 1250);
        assertThat(meter.slowBitsPerSecond(now)).isEqualTo(10_000_000);
        now = feed(now, 5 * SECOND, 1250);
        assertThat(meter.slowBitsPerSecond(now)).isEqualTo(10_000_000);
        assertThat(meter.totalBytes()).isEqualTo(6_250_000);
    }

    @Test
    void fastAverageApproachesAConstantRateByAnEighthPerWindow() {
        feed(0, 100 * MILLISECOND, 1250);
        assertThat(meter.fastBitsPerSecond(100 * MILLISECOND)).isEqualTo(1_250_000);
        long now = feed(100 * MILLISECOND, 200 * MILLISECOND, 1250);
        assertThat(meter.fastBitsPerSecond(now)).isEqualTo(1_250_000 + 8_750_000 / 8);
        now = feed(now, 5 * SECOND, 1250);
        assertThat(meter.fastBitsPerSecond(now)).isCloseTo(10_000_000, within(20_000L));
    }

    @Test
    void burstShowsBeforeItsWindowEnds() {
        meter.add(0, 1_000_000);
        assertThat(meter.fastBitsPerSecond(0)).isEqualTo(80_000_000 / 8);
        assertThat(meter.fastBitsPerSecond(99 * MILLISECOND)).isEqualTo(10_000_000);
        assertThat(meter.fastBitsPerSecond(100 * MILLISECOND)).isEqualTo(10_000_000);
        assertThat(meter.fastBitsPerSecond(200 * MILLISECOND)).isEqualTo(8_750_000);
    }

    @Test
    void windowInProgressNeverLowersTheAverage() {
        feed(0, 5 * SECOND, 1250);
        long atEnd = meter.fastBitsPerSecond(5 * SECOND);
        assertThat(meter.fastBitsPerSecond(5 * SECOND + 99 * MILLISECOND)).isEqualTo(atEnd);
    }

    @Test
    void silenceFadesToNothingInBoundedWork() {
        feed(0, 3 * SECOND, 1250);
        assertThat(meter.fastBitsPerSecond(4 * SECOND)).isBetween(1L, 4_000_000L);
        long centuries = 9_000_000_000L * SECOND;
        assertThat(meter.fastBitsPerSecond(centuries)).isZero();
        assertThat(meter.slowBitsPerSecond(centuries)).isZero();
        meter.add(centuries, 1_000_000);
        assertThat(meter.fastBitsPerSecond(centuries)).isEqualTo(10_000_000);
    }

    @Test
    void whatIsShownIsNothingTwoSecondsAfterTheLastByte() {
        for (int tenths = 0; tenths < 10; tenths++) {
            var other = new BitrateMeter();
            long endNs = 5 * SECOND + tenths * 100L * MILLISECOND;
            for (long now = 0; now < endNs; now += MILLISECOND) {
                other.add(now, 1250);
            }
            assertThat(other.shownBitsPerSecond(endNs)).isEqualTo(10_000_000);
            assertThat(other.shownBitsPerSecond(endNs + 2 * SECOND)).isZero();
        }
    }

    /** Whoever looks often must see the silence as well. */
    @Test
    void lookingOftenDoesNotKeepWhatIsShownAlive() {
        for (long every : new long[] {10, 100, 500, 999, 1_000, 1_001, 1_500}) {
            var other = new BitrateMeter();
            long endNs = 5 * SECOND + 300 * MILLISECOND;
            long lookNs = every * MILLISECOND;
            for (long now = 0; now < endNs; now += MILLISECOND) {
                other.add(now, 1250);
                if (now % lookNs == 0) {
                    assertThat(other.shownBitsPerSecond(now)).isGreaterThanOrEqualTo(0);
                }
            }
            long now = endNs;
            while (now < endNs + 2 * SECOND) {
                assertThat(other.shownBitsPerSecond(now)).isLessThanOrEqualTo(10_000_000);
                now += lookNs;
            }
            assertThat(other.shownBitsPerSecond(now)).as("looked at every %d ms", every).isZero();
        }
    }

    @Test
    void whatIsShownIsRightOneWindowAfterAStreamIsBack() {
        feed(0, 5 * SECOND, 1250);
        long now = feed(20 * SECOND, 22 * SECOND, 2500);
        assertThat(meter.shownBitsPerSecond(now)).isEqualTo(20_000_000);
    }

    @Test
    void hundredGigabitsPerSecondDoNotOverflow() {
        for (long now = 0; now < 2 * SECOND; now += MILLISECOND) {
            for (int part = 0; part < 10; part++) {
                meter.add(now, 1_250_000);
            }
        }
        assertThat(meter.slowBitsPerSecond(2 * SECOND)).isEqualTo(100_000_000_000L);
        assertThat(meter.fastBitsPerSecond(2 * SECOND))
                .isCloseTo(100_000_000_000L, within(10_000_000_000L));
    }

    @Test
    void startsAtAnyTime() {
        meter.add(77 * SECOND, 125_000);
        assertThat(meter.slowBitsPerSecond(78 * SECOND)).isEqualTo(1_000_000);
    }

    @Test
    void countsWithoutAllocating() {
        long[] now = {0};
        long bytes =
                AllocationMeter.leastOf(
                        20,
                        () -> {
                            now[0] = feed(now[0], now[0] + SECOND, 1250);
                            meter.fastBitsPerSecond(now[0]);
                        });
        assertThat(bytes).isZero();
    }
}
