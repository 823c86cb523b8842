package io.rist4j;

import java.util.List;
import java.util.Map;

/**
 * What a network thread did since it started: a snapshot, immutable. {@link #statistics} says what
 * its numbers are. Later versions may tell more. Made by this library only.
 */
public final class RistPumpStats implements RistNumbers {
    private final String thread;
    private final Readings readings;
    private final Map<String, Long> wakeUps;

    RistPumpStats(String thread, Readings readings, Map<String, Long> wakeUps) {
        this.thread = thread;
        this.readings = readings;
        this.wakeUps = wakeUps;
    }

    @Override
    public List<RistStatistic> statistics() {
        return readings.statistics();
    }

    @Override
    public long value(RistStatistic statistic) {
        return readings.get(statistic);
    }

    /** {@code thread}: its name. */
    @Override
    public Map<String, String> labels() {
        return Map.of("thread", thread);
    }

    /** Time outside waits, in ns. */
    public long busyNs() {
        return readings.get(PumpStatistics.BUSY_NS);
    }

    /** Time inside waits, in ns. */
    public long waitNs() {
        return readings.get(PumpStatistics.WAIT_NS);
    }

    /**
     * How often the thread woke up, by the reason: what was due, "arrival" of a datagram, "gathered
     * arrivals", or a "call" of another thread. For people who look what a host is busy with: the
     * words are open to change.
     */
    public Map<String, Long> wakeUps() {
        return wakeUps;
    }

    /** What stands out: every number that is not 0; for people, and open to change. */
    @Override
    public String toString() {
        var text = new StringBuilder("RistPumpStats[").append(thread);
        readings.describe(text);
        return text.append(']').toString();
    }
}
