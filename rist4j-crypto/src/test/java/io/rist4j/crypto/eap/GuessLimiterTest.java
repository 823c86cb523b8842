package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class GuessLimiterTest {
    private static final Endpoint HERE = Endpoint.ipv4(0xC0000201, 1);
    private static final Endpoint THERE = Endpoint.ipv4(0xC0000202, 1);

    private static final Endpoint ELSEWHERE = Endpoint.ipv4(0xC0000301, 1);

    private final GuessLimiter limiter = new GuessLimiter();

    private void fail(int times, long nowNs) {
        for (int i = 0; i < times; i++) {
            limiter.onFailure(nowNs, "alice", HERE, true);
        }
    }

    @Test
    void blocksAUserAtOneAddressOnly() {
        fail(9, 0);
        assertThat(limiter.isBlocked(0, "alice", HERE)).isFalse();
        fail(1, 0);

        assertThat(limiter.isBlocked(0, "alice", HERE)).isTrue();
        assertThat(limiter.isBlocked(0, "alice", THERE)).isFalse();
        assertThat(limiter.isBlocked(0, "bob", HERE)).isFalse();
    }

    @Test
    void pausesTwiceAsLongEachTimeUpToFiveMinutes() {
        long nowNs = 0;
        for (int pause : new int[] {10, 20, 40, 80, 160, 300, 300}) {
            fail(10, nowNs);
            long endNs = nowNs + pause * SessionTime.SECOND;
            assertThat(limiter.isBlocked(endNs - 1, "alice", HERE)).isTrue();
            assertThat(limiter.isBlocked(endNs, "alice", HERE)).isFalse();
            nowNs = endNs;
        }
    }

    @Test
    void forgivesOldFailuresAndSuccesses() {
        fail(9, 0);
        fail(9, 61 * SessionTime.SECOND);
        assertThat(limiter.isBlocked(61 * SessionTime.SECOND, "alice", HERE)).isFalse();

        limiter.onSuccess("alice", HERE);
        fail(9, 62 * SessionTime.SECOND);

        assertThat(limiter.isBlocked(62 * SessionTime.SECOND, "alice", HERE)).isFalse();
    }

    @Test
    void remembersABoundedNumber() {
        fail(10, 0);
        for (int i = 0; i < 1_024; i++) {
            limiter.onFailure(0, "user" + i, HERE, true);
        }

        assertThat(limiter.isBlocked(0, "alice", HERE)).isFalse();
    }

    @Test
    void aForgedSourceShutsNobodyOut() {
        for (int i = 0; i < 1_000; i++) {
            limiter.onFailure(0, "alice", HERE, false);
        }

        assertThat(limiter.isBlocked(0, "alice", HERE)).isFalse();
        assertThat(limiter.delayNs(0, "alice", HERE)).isEqualTo(Pressure.MOST_DELAY_NS);
    }

    @Test
    void letsAUserWaitEverywhereAfterTenFailures() {
        fail(10, 0);
        assertThat(limiter.delayNs(0, "alice", ELSEWHERE)).isZero();
        fail(1, 0);
        assertThat(limiter.delayNs(0, "alice", ELSEWHERE)).isEqualTo(250 * SessionTime.MILLISECOND);
        fail(1_000, 0);

        assertThat(limiter.delayNs(0, "alice", ELSEWHERE)).isEqualTo(2 * SessionTime.SECOND);
        assertThat(limiter.delayNs(0, "bob", ELSEWHERE)).isZero();
        assertThat(limiter.delayNs(155 * SessionTime.SECOND, "alice", ELSEWHERE)).isZero();
    }

    @Test
    void letsANetworkWaitAfterForty() {
        for (int i = 0; i < 41; i++) {
            limiter.onFailure(0, "user" + i, Endpoint.ipv4(0xC0000200 + i, i), true);
        }

        assertThat(limiter.delayNs(0, "dora", THERE)).isEqualTo(250 * SessionTime.MILLISECOND);
        assertThat(limiter.delayNs(0, "dora", ELSEWHERE)).isZero();
    }

    @Test
    void tenFailuresWithinAMinuteAreEnoughWheneverItBegan() {
        fail(5, 100 * SessionTime.SECOND);
        fail(5, 160 * SessionTime.SECOND);
        assertThat(limiter.isBlocked(160 * SessionTime.SECOND, "alice", HERE)).isTrue();
    }

    @Test
    void remembersAThousandAndTwentyFour() {
        fail(10, 0);
        for (int i = 0; i < 1_023; i++) {
            limiter.onFailure(0, "user" + i, HERE, true);
        }
        assertThat(limiter.isBlocked(0, "alice", HERE)).isTrue();
    }

    @Test
    void failuresAreForgottenOneAfterTheOther() {
        fail(12, 100 * SessionTime.SECOND);
        long[] delays = {500, 500, 250, 250, 0};
        for (int i = 0; i < delays.length; i++) {
            long nowNs = (100 + 3 * i) * SessionTime.SECOND;
            assertThat(limiter.delayNs(nowNs, "alice", ELSEWHERE))
                    .as("after %d s", 3 * i)
                    .isEqualTo(delays[i] * SessionTime.MILLISECOND);
        }
    }
}
