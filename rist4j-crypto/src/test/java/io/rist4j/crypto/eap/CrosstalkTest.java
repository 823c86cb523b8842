package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class CrosstalkTest {
    private static final long SECOND = SessionTime.SECOND;

    private final Crosstalk crosstalk = new Crosstalk();

    @Test
    void oneListenerMayBeginFourExchangesAtOnceAndTwoASecond() {
        for (int i = 0; i < 4; i++) {
            crosstalk.onBegun(0);
        }
        for (long nowNs = SECOND / 2; nowNs < 60 * SECOND; nowNs += SECOND / 2) {
            crosstalk.onBegun(nowNs);
            assertThat(crosstalk.isHeard(nowNs)).isFalse();
        }

        crosstalk.onBegun(60 * SECOND - 1);

        assertThat(crosstalk.isHeard(60 * SECOND - 1)).isTrue();
    }

    @Test
    void theThirdFrameThatFitsNothingIsSomebodyElsesForHalfAMinute() {
        crosstalk.onMisfit(SECOND);
        crosstalk.onMisfit(SECOND);
        assertThat(crosstalk.isHeard(SECOND)).isFalse();

        crosstalk.onMisfit(SECOND);

        assertThat(crosstalk.isHeard(SECOND + Crosstalk.LASTS_NS - 1)).isTrue();
        assertThat(crosstalk.isHeard(SECOND + Crosstalk.LASTS_NS)).isFalse();
    }
}
