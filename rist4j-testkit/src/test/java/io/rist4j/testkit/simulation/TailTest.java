package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.testkit.link.LinkConfig;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Half of all datagrams are lost in both directions; what was sent comes out to its end. */
final class TailTest {
    private static final int SEEDS = 240;
    private static final int PACKETS = 12_000;
    private static final int HEADER_BYTES = 12;
    private static final double LOSS = 0.5;

    private static SimulationResult play(long seed) {
        var link = LinkConfig.clean().loss(LOSS).delay(Duration.ofMillis(25));
        return Simulation.run(Scenario.builder(seed).path(link, link).packets(PACKETS).build());
    }

    /** Bytes of media on the wire, of those that would be needed if every loss were known. */
    private static double forwardTraffic(SimulationResult result) {
        double payload = result.scenario().mostPayloadBytes() + HEADER_BYTES;
        return result.mediaBytesOnWire() / payload / result.sent() * (1 - LOSS);
    }

    @Test
    void atMostTwoOfTwelveThousandPacketsAreLostFromTheFirstToTheLast() {
        Map<Long, String> tooMany = new TreeMap<>();
        double worst =
                LongStream.rangeClosed(1, SEEDS)
                        .parallel()
                        .mapToObj(TailTest::play)
                        .mapToDouble(result -> {
                            if (result.sent() - result.delivered() > 2 || !result.isClean()) {
                                synchronized (tooMany) {
                                    tooMany.put(result.scenario().seed(), result.toString());
                                }
                            }
                            return forwardTraffic(result);
                        })
                        .max()
                        .orElseThrow();

        assertThat(tooMany).isEmpty();
        assertThat(worst).isLessThanOrEqualTo(1.05);
    }
}
