package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;

import org.junit.jupiter.api.Test;

class DerivationBudgetTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final int REMEMBERED = 32;

    private final DerivationBudget budget = of(1_000);
    private int nonces = 1_000;

    private static DerivationBudget of(int shared) {
        return new DerivationBudget(DerivationShare.ofRate(TokenBucket.perSecond(shared, shared)));
    }

    private int taken(DerivationBudget from, long nowNs, boolean isNear) {
        int taken = 0;
        while (from.take(nowNs, ++nonces, isNear)) {
            taken++;
        }
        return taken;
    }

    @Test
    void aStreamAndTheRestHaveBudgetsOfTheirOwn() {
        assertThat(taken(budget, 0, true)).isEqualTo(32);
        assertThat(taken(budget, 0, false)).isEqualTo(8);
        assertThat(taken(budget, SECOND / 10, true)).isEqualTo(10);
        assertThat(taken(budget, SECOND, false)).isEqualTo(2);
    }

    @Test
    void theRestHasNoMoreThanTheShareOfAll() {
        DerivationBudget poor = of(3);
        assertThat(taken(poor, 0, false)).isEqualTo(3);
        assertThat(taken(poor, 0, true)).isEqualTo(32);
    }

    @Test
    void whatProvedRightIsGivenBackToWhereItWasTaken() {
        DerivationBudget poor = of(3);
        taken(poor, 0, true);
        taken(poor, 0, false);

        poor.refund(poor.shareOf(true));
        assertThat(taken(poor, 0, false)).isZero();
        assertThat(taken(poor, 0, true)).isEqualTo(1);
        poor.refund(poor.shareOf(false));
        assertThat(taken(poor, 0, true)).isZero();
        assertThat(taken(poor, 0, false)).isEqualTo(1);
    }

    @Test
    void aNonceThatWasGivenUpIsRefusedForAMinute() {
        budget.refuse(5 * SECOND, 7);

        assertThat(budget.take(5 * SECOND, 7, false)).isFalse();
        assertThat(budget.take(5 * SECOND, 8, false)).isTrue();
        assertThat(budget.take(5 * SECOND, 7, true)).isTrue(); // it continues the stream
        assertThat(budget.take(65 * SECOND - 1, 7, false)).isFalse();
        assertThat(budget.take(65 * SECOND, 7, false)).isTrue();
    }

    @Test
    void aRefusedNonceUsesUpNothing() {
        budget.refuse(0, 7);
        for (int i = 0; i < 100; i++) {
            assertThat(budget.take(0, 7, false)).isFalse();
        }
        assertThat(taken(budget, 0, false)).isEqualTo(8);
    }

    @Test
    void theLatestThirtyTwoAreRemembered() {
        for (int nonce = 1; nonce <= REMEMBERED + 1; nonce++) {
            budget.refuse(0, nonce);
        }
        for (int nonce = 2; nonce <= REMEMBERED + 1; nonce++) {
            assertThat(budget.take(0, nonce, false)).as("nonce %d", nonce).isFalse();
        }
        assertThat(budget.take(0, 1, false)).isTrue();
    }

    @Test
    void aChangeOfTheSecretsForgives() {
        budget.refuse(0, 7);
        budget.forgive();
        assertThat(budget.take(0, 7, false)).isTrue();
    }

    @Test
    void whoBecomesAPeerTakesFromAnotherShare() {
        DerivationBudget poor = of(1);
        assertThat(taken(poor, 0, false)).isEqualTo(1);
        DerivationShare larger = DerivationShare.ofRate(TokenBucket.perSecond(5, 5));
        poor.shareBy(larger);
        assertThat(poor.shareOf(false)).isSameAs(larger);
        assertThat(poor.shareOf(true)).isNull();
        assertThat(taken(poor, 0, false)).isEqualTo(5);
    }

    @Test
    void whatProvedRightIsNoneOfThoseThatStrangeNoncesMayHave() {
        assertThat(taken(budget, 0, false)).isEqualTo(8);
        budget.refund(budget.shareOf(false));
        assertThat(taken(budget, 0, false)).isEqualTo(1);
    }
}
