package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class ExchangeSharesTest {
    private final ExchangeShares shares = new ExchangeShares();

    private int taken(long nowNs, int times, boolean seesAnswers) {
        int taken = 0;
        for (int network = 0; network < times; network++) {
            taken += shares.take(nowNs, 1_000 + 7 * network, seesAnswers) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aFloodOfForgedSourcesLeavesTheirHalfToThoseWhoSeeTheAnswers() {
        assertThat(taken(0, 500, false)).isEqualTo(50);

        assertThat(shares.isBusy(0)).isTrue();
        assertThat(taken(0, 500, true)).isEqualTo(50);
    }

    @Test
    void isNotBusyWhileFewCome() {
        assertThat(taken(0, 25, false)).isEqualTo(25);
        assertThat(shares.isBusy(0)).isFalse();

        taken(0, 1, false);

        assertThat(shares.isBusy(0)).isTrue();
        assertThat(shares.isBusy(SessionTime.SECOND)).isFalse();
    }

    @Test
    void tenProofsOfANetworkMayFailAtOnceAndOneInTwoSeconds() {
        int failed = 0;
        while (shares.mayFail(0, 5)) {
            shares.onFailure(0, 5);
            failed++;
        }
        assertThat(failed).isEqualTo(ExchangeShares.MOST_WRONG);
        assertThat(shares.mayFail(0, 6)).isTrue();
        assertThat(shares.mayFail(ExchangeShares.WRONG_EVERY_NS - 1, 5)).isFalse();
        assertThat(shares.mayFail(ExchangeShares.WRONG_EVERY_NS, 5)).isTrue();
        shares.onFailure(ExchangeShares.WRONG_EVERY_NS, 5);
        assertThat(shares.mayFail(ExchangeShares.WRONG_EVERY_NS, 5)).isFalse();
    }

    @Test
    void aNetworkUsesUpItsOwnShareOnly() {
        int taken = 0;
        for (int i = 0; i < 40; i++) {
            taken += shares.take(0, 5, true) ? 1 : 0;
        }

        assertThat(taken).isEqualTo(10);
        assertThat(shares.take(0, 6, true)).isTrue();
        assertThat(shares.take(SessionTime.SECOND / 5, 5, true)).isTrue();
        assertThat(shares.take(SessionTime.SECOND / 5, 5, true)).isFalse();
    }
}
