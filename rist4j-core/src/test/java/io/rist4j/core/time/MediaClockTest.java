package io.rist4j.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaClockTest {
    @Test
    void convertsTicksToNanosecondsExactly() {
        assertThat(MediaClock.ticksToNs(90_000, 90_000)).isEqualTo(1_000_000_000L);
        assertThat(MediaClock.ticksToNs(1, 90_000)).isEqualTo(11_111);
        assertThat(MediaClock.ticksToNs(9, 90_000)).isEqualTo(100_000);
        assertThat(MediaClock.ticksToNs(44_100, 44_100)).isEqualTo(1_000_000_000L);
    }

    @Test
    void roundsDownBelowZeroToo() {
        assertThat(MediaClock.ticksToNs(-1, 90_000)).isEqualTo(-11_112);
        assertThat(MediaClock.nsToTicks(-1, 90_000)).isEqualTo(-1);
    }

    @Test
    void doesNotOverflowOverYears() {
        long year = 365L * 86_400;
        assertThat(MediaClock.ticksToNs(100 * year * 90_000, 90_000))
                .isEqualTo(100 * year * 1_000_000_000L);
        assertThat(MediaClock.nsToTicks(100 * year * 1_000_000_000L, 90_000))
                .isEqualTo(100 * year * 90_000);
    }

    @Test
    void comesBackToTheSameTick() {
        for (long ticks = -100_000; ticks < 100_000; ticks += 7) {
            long ns = MediaClock.ticksToNs(ticks, 90_000);
            assertThat(MediaClock.nsToTicks(ns + 1, 90_000)).isEqualTo(ticks);
        }
    }
}
