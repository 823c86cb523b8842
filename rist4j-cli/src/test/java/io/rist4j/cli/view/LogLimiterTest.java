package io.rist4j.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLimiterTest {
    private final LogLimiter limiter = new LogLimiter();

    @Test
    void letsOneLineOfEachClassAndSourcePassInFiveSeconds() {
        assertThat(limiter.passes(0, "refused", "a", 1)).isTrue();
        assertThat(limiter.passes(1, "refused", "a", 1)).isFalse();
        assertThat(limiter.passes(1, "refused", "b", 1)).isTrue();
        assertThat(limiter.passes(1, "other", "a", 1)).isTrue();
        assertThat(limiter.passes(LogLimiter.EVERY_NS - 1, "refused", "a", 1)).isFalse();
        assertThat(limiter.passes(LogLimiter.EVERY_NS, "refused", "a", 1)).isTrue();
    }

    @Test
    void letsNewsComeTogetherOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.passes(i, "news", "a", 3)).isTrue();
        }
        assertThat(limiter.passes(4, "news", "a", 3)).isFalse();
        assertThat(limiter.passes(LogLimiter.EVERY_NS + 4, "news", "a", 3)).isTrue();
        assertThat(limiter.passes(LogLimiter.EVERY_NS + 5, "news", "a", 3)).isFalse();
    }

    @Test
    void tellsHowManyItHeldBackOnce() {
        for (int i = 0; i < 10; i++) {
            limiter.passes(i, "refused", "a", 1);
        }
        assertThat(limiter.held(10)).isEmpty();
        assertThat(limiter.held(LogLimiter.EVERY_NS)).containsExactly("9 more of refused, a");
        assertThat(limiter.held(2 * LogLimiter.EVERY_NS)).isEmpty();
    }

    @Test
    void tellsNothingBeforeTheNextLineMayPass() {
        long nowNs = 100 * LogLimiter.EVERY_NS;
        limiter.passes(nowNs, "refused", "a", 1);
        limiter.passes(nowNs, "refused", "a", 1);
        assertThat(limiter.held(nowNs + LogLimiter.EVERY_NS - 1)).isEmpty();
        assertThat(limiter.held(nowNs + LogLimiter.EVERY_NS)).hasSize(1);
    }

    @Test
    void whoCausedNothingForFiveSecondsLeavesHisPlaceToOthers() {
        for (int i = 0; i < LogLimiter.MOST_SOURCES; i++) {
            limiter.passes(0, "refused", i, 1);
        }
        limiter.passes(LogLimiter.EVERY_NS - 1, "refused", "early", 1);
        limiter.passes(LogLimiter.EVERY_NS - 1, "refused", "early", 1);
        limiter.passes(LogLimiter.EVERY_NS, "refused", "late", 1);
        limiter.passes(LogLimiter.EVERY_NS, "refused", "late", 1);
        assertThat(limiter.held(Long.MAX_VALUE))
                .containsExactlyInAnyOrder("1 more of refused, others", "1 more of refused, late");
    }

    @Test
    void strangersBeyondItsPlacesShareOne() {
        int passed = 0;
        for (int i = 0; i < 10_000; i++) {
            passed += limiter.passes(0, "refused", i, 1) ? 1 : 0;
        }

        assertThat(passed).isEqualTo(LogLimiter.MOST_SOURCES + 1);
        assertThat(limiter.held(Long.MAX_VALUE))
                .containsExactly(10_000 - passed + " more of refused, others");
    }
}
