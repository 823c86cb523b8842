package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BitrateTest {
    @Test
    void countsInPowersOfTen() {
        assertThat(Bitrate.ofMegabits(8)).isEqualTo(Bitrate.ofKilobits(8_000));
        assertThat(Bitrate.ofKilobits(8)).isEqualTo(Bitrate.ofBits(8_000));
        assertThat(Bitrate.ofBits(1)).isLessThan(Bitrate.ofBits(2));
    }

    @Test
    void showsItsLargestUnit() {
        assertThat(Bitrate.ZERO).hasToString("0 b/s");
        assertThat(Bitrate.ofBits(999)).hasToString("999 b/s");
        assertThat(Bitrate.ofKilobits(900)).hasToString("900 kb/s");
        assertThat(Bitrate.ofKilobits(8_500)).hasToString("8.5 Mb/s");
        assertThat(Bitrate.ofMegabits(100_000)).hasToString("100 Gb/s");
    }

    @Test
    void refusesANegativeRate() {
        assertThatThrownBy(() -> Bitrate.ofBits(-1)).hasMessage("bitrate -1 b/s is below 0");
    }
}
