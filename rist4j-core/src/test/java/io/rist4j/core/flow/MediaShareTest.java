package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaShareTest {
    private static final int LEAST = (int) MediaShare.LEAST_BURST_BYTES;

    private final MediaShare share = new MediaShare(SECOND);

    /** A buffer of a stream: 1 000 packets of 1 000 bytes. */
    private long fillTheBuffer() {
        for (int i = 0; i < 1_000; i++) {
            share.onOriginal(i * MILLISECOND, 1_000);
        }
        return 999 * MILLISECOND;
    }

    @Test
    void aBurstIsNeverLessThanItsLeastAndNotAByteMore() {
        assertThat(share.admits(0, 0, LEAST)).isTrue();
        assertThat(share.admits(0, 0, LEAST + 1)).isFalse();
        share.onRetransmission(0, LEAST - 100);
        assertThat(share.admits(0, 0, 100)).isTrue();
        assertThat(share.admits(0, 0, 101)).isFalse();
    }

    @Test
    void aWholeBufferMayBeSentAgainAtOnce() {
        long nowNs = fillTheBuffer();
        share.onRetransmission(0, 999_000);
        assertThat(share.admits(nowNs, 0, 1_000)).isTrue();
        assertThat(share.admits(nowNs, 0, 1_001)).isFalse();
    }

    @Test
    void eachByteOfTheStreamPaysForTwo() {
        share.onRetransmission(0, LEAST);
        share.onOriginal(0, 1_000);
        assertThat(share.admits(0, 0, 2_000)).isTrue();
        assertThat(share.admits(0, 0, 2_001)).isFalse();
        share.onOriginal(0, 10 * LEAST); // more than the debt: nothing is saved up
        share.onRetransmission(0, 10 * LEAST);
        assertThat(share.admits(0, 0, 1_001)).isFalse();
    }

    @Test
    void eachPathHasADebtOfItsOwn() {
        share.onRetransmission(0, LEAST);
        assertThat(share.admits(0, 0, 1)).isFalse();
        assertThat(share.admits(0, 63, LEAST)).isTrue();
    }

    @Test
    void whoHasThePathNextDoesNotPayForTheLast() {
        share.onRetransmission(5, LEAST);
        share.forget(5);
        assertThat(share.admits(0, 5, LEAST)).isTrue();
        assertThat(share.admits(0, 5, LEAST + 1)).isFalse();
    }
}
