package io.rist4j.testkit.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SeededRandomTest {
    @Test
    void givesThePublishedNumbersOfSplitMix64() {
        var random = new SeededRandom(0);

        assertThat(random.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(random.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(random.nextLong()).isEqualTo(0x06C45D188009454FL);
    }

    @Test
    void drawsEveryNumberOfARangeAboutEquallyOften() {
        var random = new SeededRandom(3);
        int[] counts = new int[5];
        for (int i = 0; i < 50_000; i++) {
            counts[(int) random.between(-2, 2) + 2]++;
        }

        for (int count : counts) {
            assertThat(count).isCloseTo(10_000, within(500));
        }
    }

    @Test
    void staysWithinAFullRange() {
        var random = new SeededRandom(4);
        for (int i = 0; i < 1_000; i++) {
            assertThat(random.between(-1, Long.MAX_VALUE)).isGreaterThanOrEqualTo(-1);
        }
    }

    @Test
    void splitsIntoGeneratorsThatDiffer() {
        var random = new SeededRandom(5);

        assertThat(random.split().nextLong()).isNotEqualTo(random.split().nextLong());
    }
}
