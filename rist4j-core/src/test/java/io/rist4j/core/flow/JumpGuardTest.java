package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class JumpGuardTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final long INTERVAL_NS = MS / 5;

    private final JumpGuard guard = new JumpGuard();
    private long position;
    private long nowNs;

    private void stream(int packets, long intervalNs) {
        for (int i = 0; i < packets; i++) {
            nowNs += intervalNs;
            guard.onAdvance(++position, nowNs);
        }
    }

    @Test
    void aPauseIsNotTakenForTheRate() {
        guard.restart(0, 0);
        stream(2_000, INTERVAL_NS);
        assertThat(guard.isPlausible(100, MS)).isTrue();
        nowNs += 300 * MS;
        stream(5, INTERVAL_NS);
        assertThat(guard.isPlausible(100, MS)).as("a loss of 20 ms").isTrue();
    }

    @Test
    void aRateThatHasFallenIsLearned() {
        guard.restart(0, 0);
        stream(2_000, INTERVAL_NS);
        stream(200, 20 * MS);
        assertThat(guard.isPlausible(100, MS)).isFalse();
        assertThat(guard.intervalNs()).isBetween(19 * MS, 21 * MS);
    }
}
