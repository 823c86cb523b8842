package io.rist4j.crypto.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static int taken(TokenBucket bucket, long nowNs) {
        int taken = 0;
        while (bucket.take(nowNs)) {
            taken++;
        }
        return taken;
    }

    @Test
    void beginsFullAndRefillsAtItsRate() {
        var bucket = TokenBucket.perSecond(5, 10);

        assertThat(taken(bucket, 0)).isEqualTo(5);
        assertThat(taken(bucket, SessionTime.SECOND / 5)).isEqualTo(2);
        assertThat(taken(bucket, 100 * SessionTime.SECOND)).isEqualTo(5);
    }

    @Test
    void keepsFractionsOfAToken() {
        var bucket = TokenBucket.perSecond(2, 1);
        taken(bucket, 0);
        int taken = 0;

        for (long nowNs = 0; nowNs <= 10 * SessionTime.SECOND; nowNs += SessionTime.SECOND / 3) {
            taken += taken(bucket, nowNs);
        }

        assertThat(taken).isEqualTo(9);
    }

    @Test
    void takesBackNoMoreThanItHolds() {
        var bucket = TokenBucket.perSecond(2, 1);
        bucket.refund();
        assertThat(taken(bucket, 0)).isEqualTo(2);
        bucket.refund();
        assertThat(taken(bucket, 0)).isEqualTo(1);
    }

    @Test
    void gainsNothingFromAClockThatStands() {
        var bucket = TokenBucket.perSecond(1, 1);
        taken(bucket, 5 * SessionTime.SECOND);

        assertThat(bucket.take(4 * SessionTime.SECOND)).isFalse();
        assertThat(bucket.take(5 * SessionTime.SECOND)).isFalse();
    }

    @Test
    void refusesBucketsThatHoldNothing() {
        assertThatThrownBy(() -> new TokenBucket(0, 1)).hasMessageContaining("burst 0");
        assertThatThrownBy(() -> new TokenBucket(1, 0)).hasMessageContaining("interval 0 ns");
        assertThat(taken(new TokenBucket(1, 1), 0)).isEqualTo(1);
    }
}
