package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class PlayoutClockStartTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final long BUFFER_NS = 1_000 * MS;

    private final PlayoutClock clock = new PlayoutClock();

    @Test
    void takesALowerDelayAtOnceBeforeTheFirstDelivery() {
        clock.anchor(130 * MS, 0);
        clock.onOriginal(125 * MS, 100 * MS, BUFFER_NS, Long.MIN_VALUE);
        assertThat(clock.offsetNs()).isEqualTo(25 * MS);
    }

    @Test
    void aSenderThatStartsSlowlyLeavesItsFirstPacketsTimeToBeAskedFor() {
        clock.anchor(900 * MS, 0);
        clock.onOriginal(925 * MS, 900 * MS, BUFFER_NS, Long.MIN_VALUE);
        assertThat(clock.offsetNs()).isEqualTo(650 * MS);
        clock.settle();
        long before = clock.offsetNs();
        clock.advance(60_000 * MS);
        assertThat(clock.offsetNs()).isLessThan(before);
    }

    @Test
    void aLowerDelayMakesNothingOverdueThatWaits() {
        clock.anchor(150 * MS, 0);
        clock.onOriginal(210 * MS, 200 * MS, BUFFER_NS, 60 * MS);
        assertThat(clock.offsetNs()).isEqualTo(60 * MS);
        clock.onOriginal(310 * MS, 300 * MS, BUFFER_NS, 160 * MS);
        assertThat(clock.offsetNs()).isEqualTo(60 * MS);
    }
}
