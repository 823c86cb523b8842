package io.rist4j.core.rate;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

class TokenBucketTest {
    @Test
    void admitsTheBurstAndThenTheRate() {
        var bucket = new TokenBucket(8_000_000, 3000);
        assertThat(bucket.take(0, 1000)).isTrue();
        assertThat(bucket.take(0, 1000)).isTrue();
        assertThat(bucket.take(0, 1000)).isTrue();
        assertThat(bucket.take(0, 1000)).isFalse();
        assertThat(bucket.availableNs(1000)).isEqualTo(MILLISECOND);
        assertThat(bucket.take(MILLISECOND - 1, 1000)).isFalse();
        assertThat(bucket.take(MILLISECOND, 1000)).isTrue();
        assertThat(bucket.take(MILLISECOND, 1)).isFalse();
    }

    @Test
    void restRefillsNoMoreThanTheBurst() {
        var bucket = new TokenBucket(8_000_000, 2000);
        long later = 3600 * SECOND;
        assertThat(bucket.take(later, 2000)).isTrue();
        assertThat(bucket.take(later, 1)).isFalse();
    }

    @Test
    void fullBucketAdmitsWhatIsLargerThanTheBurst() {
        var bucket = new TokenBucket(8_000_000, 100);
        assertThat(bucket.take(0, 5000)).isTrue();
        assertThat(bucket.availableNs(5000)).isEqualTo(5 * MILLISECOND);
        assertThat(bucket.take(5 * MILLISECOND - 1, 5000)).isFalse();
        assertThat(bucket.take(5 * MILLISECOND, 5000)).isTrue();
    }

    @Test
    void zeroRateMeansNoLimit() {
        var bucket = new TokenBucket(0, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(bucket.take(0, 1 << 20)).isTrue();
        }
        assertThat(bucket.availableNs(1 << 20)).isZero();
    }

    @Test
    void newRateHoldsFromNowOn() {
        var bucket = new TokenBucket(8_000, 0);
        assertThat(bucket.take(0, 1)).isTrue();
        bucket.setRate(8_000_000, 1000);
        assertThat(bucket.bitsPerSecond()).isEqualTo(8_000_000);
        assertThat(bucket.burstBytes()).isEqualTo(1000);
        assertThat(bucket.take(MILLISECOND, 1000)).isTrue();
        assertThat(bucket.take(MILLISECOND, 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverPassesMoreThanRateAndBurst(long seed) {
        var random = new SplittableRandom(seed);
        long rate = random.nextLong(1_000, 1_000_000_000);
        long burst = random.nextLong(10_000, 1_000_000);
        var bucket = new TokenBucket(rate, burst);
        long now = 0;
        long passed = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextLong(0, 8 * 1_000 * SECOND / rate);
            int bytes = random.nextInt(0, 1500);
            long available = bucket.availableNs(bytes);
            boolean taken = bucket.take(now, bytes);
            assertThat(taken).as("seed %d, step %d", seed, i).isEqualTo(now >= available);
            passed += taken ? bytes : 0;
            double allowed = burst + (double) now / SECOND * rate / 8;
            assertThat((double) passed).as("seed %d, step %d", seed, i).isLessThan(allowed + 1);
        }
        double sustained = (double) now / SECOND * rate / 8;
        assertThat((double) passed).as("seed %d", seed).isGreaterThan(sustained * 0.98);
    }

    @Test
    void refusesRatesAndBurstsOutOfRange() {
        assertThatThrownBy(() -> new TokenBucket(-1, 0))
                .hasMessage("rate -1 bit/s is outside 0 bit/s..1 Tb/s");
        assertThatThrownBy(() -> new TokenBucket(1, -1))
                .hasMessage("burst -1 bytes is outside 0..1073741824 bytes");
        var slowest = new TokenBucket(1, 1L << 30);
        assertThat(slowest.take(0, 1 << 30)).isTrue();
        assertThat(slowest.take(SECOND, 1)).isFalse();
    }
}
