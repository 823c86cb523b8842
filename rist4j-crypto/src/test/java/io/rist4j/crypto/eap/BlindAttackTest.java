package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.BlindAttack.Forged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sees neither direction keeps nobody apart, whatever he sends, for as long as he sends. */
class BlindAttackTest {
    private static final long WITHIN_NS = 5 * SessionTime.SECOND;
    private static final int SEEDS = 3;

    @ParameterizedTest
    @EnumSource
    void framesOfOneKindKeepNobodyApart(Forged kind) {
        for (int perSecond : new int[] {10, 100}) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                long tookNs =
                        new BlindAttack(seed, seed % 2 == 0)
                                .sending(kind, perSecond)
                                .play(WITHIN_NS);

                assertThat(tookNs)
                        .as("%d a second, seed %d", perSecond, seed)
                        .isLessThan(WITHIN_NS);
            }
        }
    }

    @Test
    void framesOfAllKindsTogetherKeepNobodyApart() {
        for (long seed = 1; seed <= 2 * SEEDS; seed++) {
            var attack = new BlindAttack(seed, seed % 2 == 0);
            for (Forged kind : Forged.values()) {
                attack.sending(kind, 10);
            }

            assertThat(attack.play(WITHIN_NS)).as("seed %d", seed).isLessThan(WITHIN_NS);
        }
    }
}
