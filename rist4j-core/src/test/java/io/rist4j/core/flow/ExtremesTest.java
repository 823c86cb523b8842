package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.AllocationMeter;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

class ExtremesTest {
    private final Extremes extremes = new Extremes();

    @Test
    void hasNoneBeforeThereIsAValue() {
        assertThat(extremes.most(0)).isZero();
        assertThat(extremes.least(0)).isZero();
        extremes.add(7);
        assertThat(extremes.most(extremes.count())).isZero();
        assertThat(extremes.least(extremes.count())).isZero();
    }

    @Test
    void answersForEveryPlaceOfARandomSeries() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        long[] values = new long[5_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextLong(1_000_000_000);
            extremes.add(values[i]);
        }

        for (int place = 0; place < values.length; place++) {
            long[] rest = Arrays.copyOfRange(values, place, values.length);
            assertThat(extremes.most(place))
                    .as("seed %d, from %d", seed, place)
                    .isEqualTo(Arrays.stream(rest).max().orElseThrow());
            assertThat(extremes.least(place))
                    .as("seed %d, from %d", seed, place)
                    .isEqualTo(Arrays.stream(rest).min().orElseThrow());
        }
    }

    /** The worst case: each value is smaller than all before it, so that none is exceeded. */
    @Test
    void errsByLittleWhereTooManyCount() {
        for (int i = 0; i < 1_000; i++) {
            extremes.add(1_000_000 - i);
        }

        assertThat(extremes.most(0)).isEqualTo(1_000_000);
        assertThat(extremes.least(0)).isEqualTo(999_001);
        for (int place = 0; place < 1_000; place++) {
            assertThat(extremes.most(place)).isBetween(999_001L, 1_000_000L - place);
        }
        assertThat(extremes.most(500)).isGreaterThan(999_300);
    }

    @Test
    void aCopyStaysAsItIs() {
        extremes.add(5);
        Extremes copy = extremes.copy();
        extremes.add(9);
        extremes.add(1);

        assertThat(copy.count()).isEqualTo(1);
        assertThat(copy.most(0)).isEqualTo(5);
        assertThat(copy.least(0)).isEqualTo(5);
        assertThat(extremes.most(0)).isEqualTo(9);
        assertThat(extremes.least(0)).isEqualTo(1);
    }

    @Test
    void addsWithoutAllocating() {
        var random = new SplittableRandom(1);
        long bytes =
                AllocationMeter.leastOf(
                        20,
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                extremes.add(random.nextLong(1_000));
                            }
                        });
        assertThat(bytes).isZero();
    }
}
