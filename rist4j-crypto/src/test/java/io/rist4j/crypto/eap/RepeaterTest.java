package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;

/** When a frame that nobody answers is sent again, and how often. */
class RepeaterTest {
    private static final byte[] FRAME = {1, 2, 3};

    private final Repeater repeater = new Repeater();

    @Test
    void atRestNothingIsDue() {
        assertThat(repeater.frame()).isEmpty();
        assertThat(repeater.deadlineNs()).isEqualTo(SessionTime.NEVER);
        assertThat(repeater.isDue(1_000)).isFalse();
        assertThat(repeater.isExhausted(1_000)).isFalse();
    }

    @Test
    void eachTimeLaterByTwiceAsMuchUpToTheMost() {
        repeater.start(100, FRAME, 10, 40, 4);
        assertThat(repeater.frame()).isSameAs(FRAME);
        var due = new ArrayList<Long>();
        for (long nowNs = 100; nowNs < 300; nowNs++) {
            if (repeater.isDue(nowNs)) {
                due.add(nowNs);
            }
        }
        assertThat(due).containsExactly(110L, 130L, 170L, 210L);
    }

    @Test
    void afterTheLastOneItWaitsForAnAnswerOnceMore() {
        repeater.start(0, FRAME, 10, 10, 1);
        assertThat(repeater.isExhausted(9)).isFalse();
        assertThat(repeater.isExhausted(10)).as("one is left").isFalse();
        assertThat(repeater.isDue(10)).isTrue();
        assertThat(repeater.deadlineNs()).isEqualTo(20);
        assertThat(repeater.isExhausted(19)).isFalse();
        assertThat(repeater.isExhausted(20)).isTrue();
        assertThat(repeater.isDue(20)).isFalse();
    }

    @Test
    void whatIsStoppedIsKeptAndWhatIsClearedIsNot() {
        repeater.start(0, FRAME, 10, 10, 1);
        repeater.stop();
        assertThat(repeater.frame()).isSameAs(FRAME);
        assertThat(repeater.deadlineNs()).isEqualTo(SessionTime.NEVER);
        repeater.start(0, FRAME, 10, 10, 1);
        repeater.clear();
        assertThat(repeater.frame()).isEmpty();
        assertThat(repeater.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }
}
