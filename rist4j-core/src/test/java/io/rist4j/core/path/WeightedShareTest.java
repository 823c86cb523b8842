package io.rist4j.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightedShareTest {
    @Test
    void sharesInTheOrderThatLibRistWasSeenToUse() {
        PathPolicy policy = PathPolicy.weighted();
        policy.onWeight(0, 5);
        policy.onWeight(1, 10);
        var order = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            order.append(policy.choose(0, 0b11) == 0b01 ? 1 : 2);
        }
        assertThat(order).hasToString("222221212121212".repeat(2));
    }
}
