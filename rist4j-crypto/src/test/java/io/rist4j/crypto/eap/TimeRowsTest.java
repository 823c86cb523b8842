package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

class TimeRowsTest {
    private final TimeRows rows = new TimeRows();

    @Test
    void movesOnFromThePresentOrLater() {
        rows.add(7, 100, 10, 1_000);
        assertThat(rows.of(7)).isEqualTo(110);
        rows.add(7, 105, 10, 1_000);
        assertThat(rows.of(7)).isEqualTo(120);
        rows.add(7, 500, 10, 1_000);
        assertThat(rows.of(7)).isEqualTo(510);
    }

    @Test
    void movesNotBeyondTheLast() {
        for (int i = 0; i < 20; i++) {
            rows.add(7, 100, 10, 150);
        }
        assertThat(rows.of(7)).isEqualTo(150);
    }

    /** Of 200 000 about 200 share one in each row. */
    @ParameterizedTest
    @ValueSource(ints = {7, 100, 0x0A_0001, 0xC0_0002, 0x1234_5678})
    void whoSharesACellInOneRowHasOneOfHisOwnInTheOther(int hash) {
        rows.add(hash, 0, 10, 1_000);
        long sharing = IntStream.range(1, 200_000).filter(more -> rows.of(hash + more) > 0).count();
        assertThat(sharing).isLessThan(5);
    }

    @Test
    void manyHaveTimesOfTheirOwn() {
        IntStream.range(0, 64).forEach(hash -> rows.add(hash << 8, 0, 10, 1_000));
        assertThat(IntStream.range(0, 64).filter(hash -> rows.of(hash << 8) == 10).count())
                .isGreaterThan(60);
    }
}
