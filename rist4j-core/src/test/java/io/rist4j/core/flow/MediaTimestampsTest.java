package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.SplittableRandom;

class MediaTimestampsTest {
    private static final long TEN_YEARS_NS = 10L * 365 * 86_400 * SECOND;

    /** floor((source + base) × 90 000 / 10^9), modulo 2^32, without any limit of size. */
    private static long exact(long baseNs, long sourceNs) {
        BigInteger product =
                BigInteger.valueOf(baseNs)
                        .add(BigInteger.valueOf(sourceNs))
                        .multiply(BigInteger.valueOf(9));
        BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(100_000));
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return floor.mod(BigInteger.ONE.shiftLeft(32)).longValueExact();
    }

    @Test
    void ticksNinetyThousandTimesPerSecond() {
        var timestamps = new MediaTimestamps(0);
        assertThat(timestamps.at(0)).isZero();
        assertThat(timestamps.at(SECOND)).isEqualTo(90_000);
        assertThat(timestamps.at(11_111)).isZero();
        assertThat(timestamps.at(11_112)).isEqualTo(1);
        assertThat(timestamps.at(-1)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void wrapsAfterThirteenHoursWithoutAStep() {
        var timestamps = new MediaTimestamps(0);
        long wrapNs = Math.ceilDiv((1L << 32) * 100_000, 9);
        assertThat(timestamps.at(wrapNs - 1)).isEqualTo(0xFFFF_FFFFL);
        assertThat(timestamps.at(wrapNs)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isExactAndNeverRunsBackwardsOverYears(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            long base = random.nextLong(1L << 62);
            long source = random.nextLong(-SECOND, TEN_YEARS_NS);
            var timestamps = new MediaTimestamps(base);
            long at = timestamps.at(source);
            assertThat(at)
                    .as("seed %d: base %d, source %d", seed, base, source)
                    .isEqualTo(exact(base, source));
            long step = random.nextLong(2 * SECOND);
            long later = timestamps.at(source + step) - at & 0xFFFF_FFFFL;
            assertThat(later)
                    .as("seed %d: base %d, source %d, step %d", seed, base, source, step)
                    .isBetween(step * 9 / 100_000, step * 9 / 100_000 + 1);
        }
    }
}
