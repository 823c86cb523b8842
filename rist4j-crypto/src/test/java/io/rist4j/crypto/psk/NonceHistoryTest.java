package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class NonceHistoryTest {
    @Test
    void remembersExactlyWhatWasAdded() {
        long seed = 21;
        var random = new Random(seed);
        var history = new NonceHistory();
        Set<Integer> expected = new HashSet<>();

        for (int i = 0; i < 30_000; i++) {
            int nonce = random.nextInt(1 << 20) + 1;
            assertThat(history.contains(nonce))
                    .as("seed %d", seed)
                    .isEqualTo(expected.contains(nonce));
            history.add(nonce);
            expected.add(nonce);
        }
    }

    @Test
    void remembersTheLatestOfVeryMany() {
        var history = new NonceHistory();

        for (int nonce = 1; nonce <= 200_000; nonce++) {
            history.add(nonce * 7_919);
        }

        for (int nonce = 200_000 - 32_768 + 1; nonce <= 200_000; nonce++) {
            assertThat(history.contains(nonce * 7_919)).isTrue();
        }
        assertThat(history.contains(7_919)).isFalse();
    }
}
