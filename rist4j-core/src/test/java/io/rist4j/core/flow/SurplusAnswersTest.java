package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

import java.util.Random;

class SurplusAnswersTest {
    private final SurplusAnswers surplus = new SurplusAnswers();
    private final Random random = new Random(3);

    /** One packet in four is asked for once. */
    private void run(int packets, double surplusOfSingles, double surplusOfOthers) {
        for (int i = 0; i < packets; i++) {
            boolean single = i % 4 == 0;
            surplus.onAnswer(0, i, single ? 1 : 3);
            if (random.nextDouble() < (single ? surplusOfSingles : surplusOfOthers)) {
                surplus.onSurplus(i);
            }
        }
    }

    @Test
    void aSenderThatAnswersEachRequestIsNoticed() {
        run(200, 0, 0.5);
        assertThat(surplus.isEachAnswered(0)).isTrue();
    }

    @Test
    void aSenderThatAnswersOnceInARoundTripIsNot() {
        run(50_000, 0, 0.05);
        assertThat(surplus.isEachAnswered(0)).isFalse();
    }

    @Test
    void aNetworkThatDuplicatesIsNoSuchSender() {
        run(5_000, 0.4, 0.4);
        assertThat(surplus.isEachAnswered(0)).isFalse();
    }

    @Test
    void isForgottenAfterAMinute() {
        run(200, 0, 0.6);
        assertThat(surplus.isEachAnswered(59 * SessionTime.SECOND)).isTrue();
        assertThat(surplus.isEachAnswered(61 * SessionTime.SECOND)).isFalse();
    }
}
