package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class ReorderHoldTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final long BUFFER = 1000 * MS;

    private final ReorderHold hold = new ReorderHold(15 * MS);

    @Test
    void isTheConfiguredOneToBeginWith() {
        assertThat(hold.holdNs(0, BUFFER)).isEqualTo(15 * MS);
    }

    @Test
    void growsWhenOriginalsKeepComingLater() {
        for (int i = 0; i < 3; i++) {
            hold.onLate(i, 60 * MS);
            assertThat(hold.holdNs(i, BUFFER)).isEqualTo(15 * MS);
        }
        hold.onLate(4, 61 * MS);
        assertThat(hold.holdNs(5, BUFFER)).isEqualTo(63 * MS);
    }

    @Test
    void forgetsWithinTwoSeconds() {
        for (int i = 0; i < 10; i++) {
            hold.onLate(i, 60 * MS);
        }
        assertThat(hold.holdNs(900 * MS, BUFFER)).isEqualTo(62 * MS);
        assertThat(hold.holdNs(1800 * MS, BUFFER)).isEqualTo(62 * MS);
        assertThat(hold.holdNs(3000 * MS, BUFFER)).isEqualTo(15 * MS);
    }

    @Test
    void takesNoMoreThanAnEighthOfTheBuffer() {
        for (int i = 0; i < 10; i++) {
            hold.onLate(i, 600 * MS);
        }
        assertThat(hold.holdNs(20, BUFFER)).isEqualTo(125 * MS);
        assertThat(hold.holdNs(20, 80 * MS)).isEqualTo(15 * MS);
    }

    @Test
    void noneStaysNone() {
        ReorderHold none = new ReorderHold(0);
        for (int i = 0; i < 10; i++) {
            none.onLate(i, 60 * MS);
        }
        assertThat(none.holdNs(20, BUFFER)).isZero();
    }
}
