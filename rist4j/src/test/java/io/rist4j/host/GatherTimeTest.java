package io.rist4j.host;

import static io.rist4j.core.time.SessionTime.MILLISECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatherTimeTest {
    @Test
    void isASmallPartOfTheRecoveryBuffer() {
        assertThat(GatherTime.ofSender(1000 * MILLISECOND)).isEqualTo(5 * MILLISECOND);
        assertThat(GatherTime.ofSender(64 * MILLISECOND)).isEqualTo(2 * MILLISECOND);
        assertThat(GatherTime.ofReceiver(64 * MILLISECOND, 15 * MILLISECOND))
                .isEqualTo(2 * MILLISECOND);
    }

    @Test
    void showsAGapToAReceiverBeforeItIsToBeAskedFor() {
        assertThat(GatherTime.ofReceiver(1000 * MILLISECOND, 15 * MILLISECOND))
                .isEqualTo(5 * MILLISECOND);
        assertThat(GatherTime.ofReceiver(1000 * MILLISECOND, 6 * MILLISECOND))
                .isEqualTo(2 * MILLISECOND);
    }

    @Test
    void isAMillisecondAtLeast() {
        assertThat(GatherTime.ofReceiver(1000 * MILLISECOND, 0)).isEqualTo(MILLISECOND);
        assertThat(GatherTime.ofSender(10 * MILLISECOND)).isEqualTo(MILLISECOND);
    }
}
