package io.rist4j.bench.flows;

import io.rist4j.RistPump;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The network threads of a process, which the ends take in turn. */
final class Pumps implements AutoCloseable {
    private final RistPump[] pumps;

    Pumps(int count) {
        pumps =
                IntStream.range(0, count)
                        .mapToObj(i -> RistPump.builder().threadName("pump-" + i).start())
                        .toArray(RistPump[]::new);
    }

    RistPump of(int flow) {
        return pumps[flow % pumps.length];
    }

    /** Wake-ups so far, by reason. */
    Map<String, Long> wakeUps() {
        var all = new TreeMap<String, Long>();
        for (RistPump pump : pumps) {
            pump.stats().wakeUps().forEach((why, times) -> all.merge(why, times, Long::sum));
        }
        return all;
    }

    @Override
    public void close() {
        for (RistPump pump : pumps) {
            pump.close();
        }
    }
}
