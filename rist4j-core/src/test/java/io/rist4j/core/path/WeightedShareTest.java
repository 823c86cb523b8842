package io.rist4j.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightedShareTest {
    private final PathPolicy policy = PathPolicy.weighted();

    private String order(long shares, int packets) {
        var order = new StringBuilder();
        for (int i = 0; i < packets; i++) {
            order.append(1 + Long.numberOfTrailingZeros(policy.choose(0, shares)));
        }
        return order.toString();
    }

    @Test
    void sharesInTheOrderThatLibRistWasSeenToUse() {
        policy.onWeight(0, 5);
        policy.onWeight(1, 10);
        assertThat(order(0b11, 30)).isEqualTo("222221212121212".repeat(2));
    }

    @Test
    void firstConfiguredGoesFirstAmongEquals() {
        policy.onWeight(0, 2);
        policy.onWeight(1, 2);
        policy.onWeight(2, 2);
        assertThat(order(0b111, 12)).isEqualTo("123123123123");
    }

    @Test
    void deadPathTakesItsWeightOutOfTheRoundAndReturnsWithFullCredit() {
        policy.onWeight(0, 2);
        policy.onWeight(1, 4);
        assertThat(order(0b11, 2)).isEqualTo("22");
        assertThat(order(0b01, 5)).isEqualTo("11111");
        assertThat(order(0b11, 6)).isEqualTo("222122");
    }

    @Test
    void newWeightResetsOnlyThatPath() {
        policy.onWeight(0, 3);
        policy.onWeight(1, 3);
        assertThat(order(0b11, 4)).isEqualTo("1212");
        policy.onWeight(1, 3);
        assertThat(order(0b11, 4)).isEqualTo("2212");
    }

    @Test
    void nobodyToChooseIsNobodyChosen() {
        assertThat(policy.choose(0, 0)).isZero();
        assertThat(policy.choose(0b101, 0)).isEqualTo(0b101);
    }

    @Test
    void sixtyFourPathsShareEvenly() {
        for (int path = 0; path < 64; path++) {
            policy.onWeight(path, 1);
        }
        long seen = 0;
        for (int i = 0; i < 64; i++) {
            seen |= policy.choose(0, -1L);
        }
        assertThat(seen).isEqualTo(-1L);
    }
}
