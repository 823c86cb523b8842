package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowPairTest {
    private static final int PACKETS = 12_000;

    @ParameterizedTest
    @CsvSource({"1, 0.2, 3", "2, 0.5, 3", "3, 0.5, 6"})
    void everythingArrivesForLittleMoreThanTheIdealTraffic(long seed, double loss, long jitterMs) {
        var pair = new FlowPair(seed, loss, 25 * MILLISECOND, jitterMs * MILLISECOND);
        pair.measure(15 * SECOND);
        pair.send(SECOND, PACKETS, MILLISECOND);
        pair.run(15 * SECOND);
        String as = "seed %d, loss %s, jitter %d ms".formatted(seed, loss, jitterMs);
        assertThat(pair.twice).as(as).isZero();
        assertThat(pair.disorder).as(as).isZero();
        assertThat(PACKETS - pair.delivered.cardinality()).as(as).isLessThanOrEqualTo(2);
        assertThat(pair.forwardOfIdeal()).as(as).isLessThan(1.05);
    }

    /** A hundred megabits a second, and six hundred: what no default may get in the way of. */
    @ParameterizedTest
    @CsvSource({"1, 10, 10_000", "2, 10, 100_000", "3, 60, 90_000"})
    void fastStreamsAreMendedWithTheDefaults(long seed, int packetsPerMs, int packets) {
        var pair = new FlowPair(seed, 0.2, 25 * MILLISECOND, 2 * MILLISECOND, 1_316);
        long endNs = SECOND + packets * MILLISECOND / packetsPerMs;
        pair.measure(endNs);
        pair.send(SECOND, packets, MILLISECOND / packetsPerMs);
        pair.run(endNs + 2 * SECOND);
        String as = "seed %d, %d packets/ms".formatted(seed, packetsPerMs);
        // the very last packet has two blind copies here, for there are no reports
        assertThat(pair.delivered.nextClearBit(0)).as(as).isGreaterThanOrEqualTo(packets - 1);
        assertThat(pair.sender.counters().bandwidthSkipped()).as(as).isZero();
        assertThat(pair.receiver.counters().deliveredEarly).as(as).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void lostEndOfABurstIsMendedBeforeTheNext(long seed) {
        var pair = new FlowPair(seed, 0, 25 * MILLISECOND, 2 * MILLISECOND);
        pair.cut = number -> number % 300 >= 297;
        pair.measure(20 * SECOND);
        for (int burst = 0; burst < 4; burst++) {
            pair.send(SECOND + burst * 3L * SECOND, 300, MILLISECOND);
        }
        pair.run(20 * SECOND);
        assertThat(pair.delivered.cardinality()).as("seed %d", seed).isEqualTo(1_200);
        assertThat(pair.sender.counters().tailRepairs()).isEqualTo(8);
    }
}
