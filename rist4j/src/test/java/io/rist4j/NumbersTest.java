package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.Random;

class NumbersTest {
    private static final long SEED = 7;
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0",
        "1000, 3, 1000000",
        "1.5, 3, 1500",
        ".5, 3, 500",
        "5., 3, 5000",
        "+7, 0, 7",
        "-0.25, 2, -25",
        "0.000100, 4, 1",
        "-9223372036854775808, 0, -9223372036854775808",
        "9223372036854775.807, 3, 9223372036854775807"
    })
    void readsWhatUrlsHave(String text, int digits, long scaled) {
        assertThat(Numbers.scaled(text, digits)).isEqualTo(scaled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "+.",
                "1.2.3",
                "1e3",
                " 1",
                "--1",
                "0x1",
                "1,5",
                "٣",
                "0.0001",
                "9223372036854775.808",
                "0000000000000000000000001"
            })
    void refusesWhatIsNoNumberOrDoesNotFit(String text) {
        assertThat(Numbers.scaled(text, 3)).isNull();
    }

    @Test
    void aWholeNumberHasNoPoint() {
        assertThat(Numbers.whole("12")).isEqualTo(12);
        assertThat(Numbers.whole("12.")).isNull();
    }

    @Test
    void writesAndReadsWhatBigDecimalDoes() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            int digits = random.nextInt(10);
            BigDecimal exact = BigDecimal.valueOf(value, digits);
            String text = Numbers.text(value, digits);

            assertThat(new BigDecimal(text)).isEqualByComparingTo(exact);
            assertThat(text.length()).isLessThanOrEqualTo(exact.toPlainString().length());
            assertThat(Numbers.scaled(text, digits)).isEqualTo(value);
        }
    }
}
