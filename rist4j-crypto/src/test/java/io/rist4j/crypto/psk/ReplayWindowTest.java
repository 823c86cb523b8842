package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class ReplayWindowTest {
    private static final int NONCE = 7;

    private final ReplayWindow window = new ReplayWindow();

    private boolean receives(int nonce, int sequence) {
        boolean isFresh = window.isFresh(nonce, sequence);
        if (isFresh) {
            window.onAccepted(nonce, sequence);
        }
        return isFresh;
    }

    @Test
    void dropsCopiesAcrossTheWrapHoweverTheyAreReordered() {
        long seed = 71;
        var random = new Random(seed);
        Set<Integer> received = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            int sequence = -30_000 + i - random.nextInt(2_000);

            assertThat(receives(NONCE, sequence))
                    .as("seed %d, sequence %d", seed, sequence)
                    .isEqualTo(received.add(sequence));
        }
    }

    @Test
    void forgetsWhatAJumpPassed() {
        receives(NONCE, 5);
        receives(NONCE, 5 + 5_000);

        assertThat(receives(NONCE, 5 + 4_096)).isTrue();
        assertThat(receives(NONCE, 5 + 4_096)).isFalse();
        assertThat(receives(NONCE, 5 + 5_000)).isFalse();
    }

    @Test
    void keepsItsPlaceWhenSinglePacketsAreFarAway() {
        receives(NONCE, 100);
        var random = new Random(72);

        for (int i = 0; i < 1_000; i++) {
            window.onAccepted(NONCE, random.nextInt() | 0x4000_0000);
        }

        assertThat(window.isFresh(NONCE, 100)).isFalse();
        assertThat(window.isFresh(NONCE, 101)).isTrue();
    }

    @Test
    void followsAPeerThatCountsElsewhereFromNowOn() {
        receives(NONCE, 100);
        for (int sequence = 1_000_000; sequence < 1_000_008; sequence++) {
            assertThat(receives(NONCE, sequence)).isTrue();
        }

        assertThat(receives(NONCE, 1_000_007)).isFalse();
        assertThat(receives(NONCE, 1_000_008)).isTrue();
        assertThat(receives(NONCE, 1_000_008)).isFalse();
    }

    @Test
    void beginsAnewWithANonceAndRemembersTheOneBefore() {
        receives(NONCE, 100);

        assertThat(receives(8, 100)).isTrue();
        assertThat(receives(8, 100)).isFalse();
        assertThat(receives(NONCE, 100)).isFalse();
        assertThat(receives(NONCE, 99)).isTrue();
        assertThat(receives(NONCE, 99)).isFalse();
        assertThat(receives(9, 100)).isTrue();
    }
}
