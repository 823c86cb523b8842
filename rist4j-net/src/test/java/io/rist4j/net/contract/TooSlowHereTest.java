package io.rist4j.net.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

final class TooSlowHereTest {
    private final AssertionError failure = new AssertionError("42 packets are missing");

    @Test
    void aFailureOnAMachineThatRunsItsThreadsStaysOne() {
        assertThat(TooSlowHere.judged(failure, 150_000_000, 4)).isSameAs(failure);
    }

    @Test
    void aFailureOnAMachineThatDoesNotIsSkippedAndSaysSo() {
        assertThat(TooSlowHere.judged(failure, 151_000_000, 0))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("too slow here", "151 ms", "42 packets are missing")
                .hasCause(failure);
        assertThat(TooSlowHere.judged(failure, 0, 4.5)).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void aTestThatIsSkippedKeepsItsReason() {
        var reason = new TestAbortedException("no ffmpeg: skipped");
        assertThat(TooSlowHere.judged(reason, 1_000_000_000, 9)).isSameAs(reason);
    }
}
