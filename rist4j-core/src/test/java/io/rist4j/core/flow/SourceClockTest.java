package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.MediaClock;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceClockTest {
    private static final long YEAR_NS = 365L * 86_400 * 1_000_000_000L;

    private static MediaPacket packet(long sourceNs, long hertz) {
        var packet = new MediaPacket();
        packet.setStamp(MediaClock.stamp(sourceNs, hertz), hertz);
        return packet;
    }

    @ParameterizedTest
    @ValueSource(longs = {8_000, 44_100, 90_000, 1_000_000, 65_536_000_000L})
    void widensOverEveryWrapWithoutDrifting(long hertz) {
        long tickNs = 1 + 1_000_000_000L / hertz;
        long stepNs = MediaClock.spanNs(hertz) / 3;
        var clock = new SourceClock(packet(0, hertz));
        long lastNs = Math.min(YEAR_NS, 10_000 * stepNs);
        for (long sourceNs = 0; sourceNs < lastNs; sourceNs += stepNs) {
            long widened = clock.widen(packet(sourceNs, hertz).sourceNs, sourceNs - stepNs);
            assertThat(widened).isBetween(sourceNs - tickNs, sourceNs + tickNs);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 65_536_000_000L})
    void aCopyMapsAnotherClockExactly(long hertz) {
        var clock = new SourceClock(1, hertz);
        long apartNs = 12_345_678_000L;
        assertThat(clock.isMapped()).isFalse();
        clock.onArrival(packet(7_000 + apartNs, hertz).sourceNs, 7_000 + 9_000_000);
        assertThat(clock.isMapped()).isTrue();
        clock.onCopy(packet(5_000_000 + apartNs, hertz).sourceNs, 5_000_000);
        for (long sourceNs = 0; sourceNs < 3_000_000_000L; sourceNs += 20_000_000) {
            long stamped = packet(sourceNs + apartNs, hertz).sourceNs;
            assertThat(clock.widen(stamped, sourceNs + 15_000_000)).isEqualTo(sourceNs);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 65_536_000_000L})
    void withoutACopyTheLeastDelayedArrivalTells(long hertz) {
        var clock = new SourceClock(2, hertz);
        for (int i = 0; i < 100; i++) {
            long sourceNs = i * 1_000_000L;
            long delayNs = (i * 37 % 100) * 100_000L;
            clock.onArrival(packet(sourceNs + 77_000, hertz).sourceNs, sourceNs + delayNs);
        }
        assertThat(clock.widen(packet(100_077_000, hertz).sourceNs, 100_000_000))
                .isEqualTo(100_000_000);
        clock.doubt();
        assertThat(clock.isMapped()).isFalse();
    }
}
