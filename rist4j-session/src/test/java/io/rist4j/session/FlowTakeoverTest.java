package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowTakeoverTest {
    private static final long MS = 1_000_000;

    private final FlowTakeover takeover = new FlowTakeover();

    @Test
    void aRestartedSenderOfTheSameAddressTakesOverWithItsThirdPacket() {
        takeover.onOwnMedia(0);
        assertThat(takeover.onForeignMedia(10 * MS, 8, true, false)).isFalse();
        assertThat(takeover.onForeignMedia(11 * MS, 8, true, false)).isFalse();
        assertThat(takeover.onForeignMedia(12 * MS, 8, true, false)).isTrue();
    }

    @Test
    void aStrangerNeverTakesOverFromALivePeer() {
        takeover.onOwnMedia(0);
        for (int i = 1; i < 1_000; i++) {
            assertThat(takeover.onForeignMedia(i * MS, 8, false, false)).isFalse();
        }
    }

    @Test
    void nobodyTakesOverWhileOwnMediaComes() {
        for (int i = 1; i < 1_000; i++) {
            takeover.onOwnMedia(i * MS);
            assertThat(takeover.onForeignMedia(i * MS + 1, 8, true, false)).isFalse();
        }
    }

    @Test
    void aStrangerTakesOverOnceThePeerIsGone() {
        takeover.onOwnMedia(0);
        takeover.onForeignMedia(5_000 * MS, 8, false, true);
        takeover.onForeignMedia(5_001 * MS, 8, false, true);
        assertThat(takeover.onForeignMedia(5_002 * MS, 8, false, true)).isTrue();
    }

    @Test
    void packetsOfDifferentFlowsDoNotConfirmEachOther() {
        takeover.onOwnMedia(0);
        for (int i = 1; i < 100; i++) {
            assertThat(takeover.onForeignMedia(i * MS, 2 * i, true, true)).isFalse();
        }
    }
}
