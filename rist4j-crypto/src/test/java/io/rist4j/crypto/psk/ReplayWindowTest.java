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
        boolean isFresh = window.isFresh(0, nonce, sequence, true);
        if (isFresh) {
            window.onAccepted(0, nonce, sequence, true);
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
    void movesByAWholeWindowWithOnePacketAndFurtherOnlyWithEight() {
        receives(NONCE, 5);
        receives(NONCE, 5 + 4_095);
        assertThat(window.newest(NONCE)).isEqualTo(5 + 4_095);
        assertThat(receives(NONCE, 6)).isTrue();
        assertThat(receives(NONCE, 6)).isFalse();

        int far = 5 + 4_095 + 4_096;
        for (int i = 0; i < 7; i++) {
            assertThat(receives(NONCE, far + 3 * i)).isTrue();
            assertThat(window.newest(NONCE)).isEqualTo(5 + 4_095);
        }
        assertThat(receives(NONCE, far + 21)).isTrue();
        assertThat(window.newest(NONCE)).isEqualTo(far + 21);
        assertThat(receives(NONCE, far + 21)).isFalse();
    }

    @Test
    void neverTakesWhatIsBehindIt() {
        receives(NONCE, 10_000);

        assertThat(receives(NONCE, 10_000 - 4_095)).isTrue();
        for (int sequence = 10_000 - 4_096; sequence > 5_000; sequence--) {
            assertThat(window.isFresh(0, NONCE, sequence, true)).isFalse();
            assertThat(window.isPast(0, NONCE, sequence, true)).isTrue();
        }
        assertThat(window.isPast(0, NONCE, 10_000 - 4_095, true)).isFalse();
        for (int sequence = 100; sequence < 200; sequence++) {
            window.onAccepted(0, NONCE, sequence, true);
        }
        assertThat(window.newest(NONCE)).isEqualTo(10_000);
        assertThat(window.isFresh(0, NONCE, 200, true)).isFalse();
    }

    @Test
    void keepsItsPlaceWhenSinglePacketsAreFarAway() {
        receives(NONCE, 100);
        var random = new Random(72);

        for (int i = 0; i < 1_000; i++) {
            window.onAccepted(0, NONCE, random.nextInt(), true);
        }

        assertThat(window.isFresh(0, NONCE, 100, true)).isFalse();
        assertThat(window.newest(NONCE)).isLessThan(100 + 1_000);
    }

    @Test
    void findsTheStreamAgainBehindALossThoughItsPacketsComeTwiceAndOutOfOrder() {
        receives(NONCE, 100);
        for (int i = 0; i < 5; i++) {
            window.onAccepted(0, NONCE, 1_000_001 + 2 * i, true);
            window.onAccepted(0, NONCE, 1_000_001 + 2 * i, true);
            window.onAccepted(0, NONCE, 1_000_000 + 2 * i, true);
        }
        assertThat(window.newest(NONCE)).isEqualTo(100);
        for (int i = 5; i < 8; i++) {
            window.onAccepted(0, NONCE, 1_000_001 + 2 * i, true);
        }

        assertThat(window.newest(NONCE)).isEqualTo(1_000_015);
        assertThat(receives(NONCE, 1_000_015)).isFalse();
        assertThat(receives(NONCE, 1_000_016)).isTrue();
    }

    @Test
    void whatNoiseCouldBeIsNotedAndMovesNothing() {
        receives(NONCE, 100);
        window.onAccepted(0, NONCE, 102, false);
        window.onAccepted(0, 8, 1, false);

        assertThat(window.isFresh(0, NONCE, 102, false)).isFalse();
        assertThat(window.newest(NONCE)).isEqualTo(100);
        assertThat(window.knows(8)).isFalse();
        for (int i = 0; i < 100; i++) {
            window.onAccepted(0, NONCE, 100_000 + i, false);
        }
        assertThat(window.newest(NONCE)).isEqualTo(100);

        assertThat(receives(NONCE, 103)).isTrue();
        assertThat(receives(NONCE, 102)).isFalse();
        assertThat(receives(NONCE, 101)).isTrue();
    }

    @Test
    void beginsAnewWithANonceAndRemembersThreeBefore() {
        for (int nonce = 1; nonce <= 4; nonce++) {
            assertThat(receives(nonce, 100)).isTrue();
        }
        for (int nonce = 1; nonce <= 4; nonce++) {
            assertThat(window.knows(nonce)).isTrue();
            assertThat(receives(nonce, 100)).isFalse();
            assertThat(receives(nonce, 99)).isTrue();
            assertThat(receives(nonce, 99)).isFalse();
        }

        receives(5, 50);
        assertThat(window.knows(1)).isFalse();
        assertThat(window.knows(2)).isTrue();
    }

    @Test
    void takesWhatNoiseCouldBeOnlyNearTheNewest() {
        receives(NONCE, 1_000);

        assertThat(window.isFresh(0, NONCE, 1_000 - 255, false)).isTrue();
        assertThat(window.isFresh(0, NONCE, 1_000 - 256, false)).isFalse();
        assertThat(window.isPast(0, NONCE, 1_000 - 256, false)).isTrue();
        assertThat(window.isFresh(0, NONCE, 1_000 - 256, true)).isTrue();
        assertThat(window.isFresh(0, NONCE, 100_000, false)).isTrue();
    }

    @Test
    void whatANonceHadUnderWayIsHereWithinSecondsOfTheNext() {
        long second = 1_000_000_000;
        window.onAccepted(0, NONCE, 100, true);
        window.onAccepted(second, 8, 500, true);

        assertThat(window.isFresh(5 * second, NONCE, 99, true)).isTrue();
        assertThat(window.isFresh(5 * second + 1, NONCE, 99, true)).isFalse();
        assertThat(window.isPast(5 * second + 1, NONCE, 99, true)).isTrue();
        assertThat(window.isFresh(5 * second + 1, NONCE, 101, true)).isTrue();
        assertThat(window.isFresh(60 * second, 8, 499, true)).isTrue();
        window.onAccepted(6 * second, NONCE, 101, true);
        window.onAccepted(9 * second, NONCE, 102, false);
        assertThat(window.isFresh(11 * second, NONCE, 99, true)).isTrue();
        assertThat(window.isFresh(11 * second + 1, NONCE, 99, true)).isFalse();
    }

    @Test
    void tellsApartAllThatIsWithinTheWindow() {
        int newest = 3 * ReplayWindow.PACKETS;
        for (int sequence = 0; sequence <= newest; sequence++) {
            assertThat(receives(NONCE, sequence)).as("sequence %d", sequence).isTrue();
        }
        for (int behind = 0; behind < ReplayWindow.PACKETS; behind++) {
            assertThat(window.isFresh(0, NONCE, newest - behind, true))
                    .as("%d behind", behind)
                    .isFalse();
        }
        for (int ahead = 1; ahead <= 2 * ReplayWindow.PACKETS; ahead++) {
            assertThat(window.isFresh(0, NONCE, newest + ahead, true))
                    .as("%d ahead", ahead)
                    .isTrue();
        }
    }

    @Test
    void hasReceivedNothingOfWhatItBeginsAnewWith() {
        for (int sequence = 0; sequence < ReplayWindow.PACKETS; sequence++) {
            receives(NONCE, sequence);
        }
        for (int nonce = 100; nonce < 104; nonce++) { // the fourth has the place of the first
            receives(nonce, ReplayWindow.PACKETS);
            for (int sequence = 1; sequence < ReplayWindow.PACKETS; sequence++) {
                assertThat(window.isFresh(0, nonce, sequence, true)).isTrue();
            }
        }
        for (int sequence = 1; sequence < ReplayWindow.PACKETS; sequence++) {
            receives(103, sequence);
        }
        int far = 100 * ReplayWindow.PACKETS;
        for (int i = 0; i < 8; i++) {
            receives(103, far + i);
        }
        assertThat(window.newest(103)).isEqualTo(far + 7);
        for (int behind = 8; behind < ReplayWindow.PACKETS; behind++) {
            assertThat(window.isFresh(0, 103, far + 7 - behind, true)).isTrue();
        }
    }

    @Test
    void packetsThatAgreeAreLessThanSixtyFourApart() {
        receives(NONCE, 0);
        for (int i = 0; i < 20; i++) {
            receives(NONCE, 100_000 + 64 * i);
        }
        assertThat(window.newest(NONCE)).isZero();
        for (int i = 0; i < 8; i++) {
            receives(NONCE, 200_000 + 63 * i);
        }
        assertThat(window.newest(NONCE)).isEqualTo(200_000 + 63 * 7);
    }
}
