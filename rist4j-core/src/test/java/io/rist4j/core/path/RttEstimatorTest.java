package io.rist4j.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class RttEstimatorTest {
    private static final long MS = SessionTime.MILLISECOND;

    private final RttEstimator rtt = new RttEstimator(70 * MS);

    @Test
    void assumesWhatItWasToldUntilTheFirstSample() {
        assertThat(rtt.isKnown()).isFalse();
        assertThat(rtt.lastNs()).isEqualTo(70 * MS);
        assertThat(rtt.smoothedNs()).isEqualTo(70 * MS);
        assertThat(rtt.leastNs()).isEqualTo(70 * MS);
        assertThat(rtt.variationNs()).isZero();
    }

    @Test
    void believesTheFirstSampleAtOnce() {
        rtt.onSample(40 * MS);

        assertThat(rtt.isKnown()).isTrue();
        assertThat(rtt.lastNs()).isEqualTo(40 * MS);
        assertThat(rtt.smoothedNs()).isEqualTo(40 * MS);
        assertThat(rtt.leastNs()).isEqualTo(40 * MS);
        assertThat(rtt.variationNs()).isEqualTo(20 * MS);
    }

    @Test
    void followsLaterSamplesByAnEighthAndTheirVariationByAQuarter() {
        rtt.onSample(40 * MS);
        rtt.onSample(80 * MS);

        assertThat(rtt.lastNs()).isEqualTo(80 * MS);
        assertThat(rtt.smoothedNs()).isEqualTo(45 * MS);
        assertThat(rtt.variationNs()).isEqualTo(25 * MS);
        assertThat(rtt.leastNs()).isEqualTo(40 * MS);
    }

    @Test
    void takesANegativeSampleForZero() {
        rtt.onSample(40 * MS);
        rtt.onSample(-5 * MS);

        assertThat(rtt.lastNs()).isZero();
        assertThat(rtt.leastNs()).isZero();
        assertThat(rtt.smoothedNs()).isEqualTo(35 * MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void staysWithinItsSamples(long seed) {
        var random = new Random(seed);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 1_000; i++) {
            long sample = random.nextLong(500 * MS);
            least = Math.min(least, sample);
            most = Math.max(most, sample);
            rtt.onSample(sample);

            assertThat(rtt.smoothedNs()).isBetween(least, most);
            assertThat(rtt.leastNs()).isEqualTo(least);
            assertThat(rtt.variationNs()).isBetween(0L, most);
        }
    }

    @Test
    void settlesOnASteadyRoundTrip() {
        rtt.onSample(500 * MS);
        for (int i = 0; i < 200; i++) {
            rtt.onSample(50 * MS);
        }

        assertThat(rtt.smoothedNs()).isBetween(50 * MS, (50 * MS) + 16);
        assertThat(rtt.variationNs()).isLessThan(16);
    }

    @Test
    void tellsAMeasurementThatIsFarFromThoseBefore() {
        var rtt = new RttEstimator(0);
        assertThat(rtt.isFar(20_000_000)).as("the first").isTrue();
        for (int i = 0; i < 50; i++) {
            rtt.onSample(20_000_000);
        }
        assertThat(rtt.isFar(24_999_999)).isFalse();
        assertThat(rtt.isFar(25_000_001)).isTrue();
        assertThat(rtt.isFar(14_999_999)).isTrue();
        for (int i = 0; i < 50; i++) {
            rtt.onSample(i % 2 == 0 ? 10_000_000 : 30_000_000);
        }
        assertThat(rtt.isFar(40_000_000)).as("within what it varies by").isFalse();
    }
}
