package io.rist4j.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.SeededRandom;

import org.junit.jupiter.api.Test;

final class ClockSkewTest {
    private static final long SECOND = SessionTime.SECOND;

    @Test
    void gainsPartsPerMillion() {
        assertThat(new ClockSkew(5, 100).toHost(10 * SECOND)).isEqualTo(10 * SECOND + 1_000_005);
        assertThat(new ClockSkew(5, -100).toHost(10 * SECOND)).isEqualTo(10 * SECOND - 999_995);
    }

    @Test
    void findsTheFirstInstantAtWhichTheHostShowsATime() {
        var random = new SeededRandom(1);
        for (int i = 0; i < 10_000; i++) {
            var skew =
                    new ClockSkew(
                            random.between(0, 100_000 * SECOND), (int) random.between(-1000, 1000));
            long hostNs = skew.startNs() + random.between(1, 1_000 * SECOND);
            long networkNs = skew.toNetwork(hostNs);

            assertThat(skew.toHost(networkNs)).isGreaterThanOrEqualTo(hostNs);
            assertThat(skew.toHost(networkNs - 1)).isLessThan(hostNs);
        }
    }

    @Test
    void knowsTimesThatNeverComeOrHavePassed() {
        var skew = new ClockSkew(50, 10);

        assertThat(skew.toNetwork(SessionTime.NEVER)).isEqualTo(SessionTime.NEVER);
        assertThat(skew.toNetwork(49)).isZero();
        assertThat(ClockSkew.NONE.toNetwork(SessionTime.NEVER)).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void refusesClocksThatAreNone() {
        assertThatThrownBy(() -> new ClockSkew(0, 2_000))
                .hasMessageContaining("2000 ppm is outside -1000..1000 ppm");
        assertThatThrownBy(() -> new VirtualClock(7).advanceTo(6))
                .hasMessageContaining("time would go back from 7 ns to 6 ns");
    }
}
