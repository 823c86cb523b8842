package io.rist4j;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the snapshots of senders and receivers have in common: when they were taken, of which flow,
 * what they count from, their numbers and their paths. Immutable.
 *
 * @param taken when
 * @param age how long the sender or receiver had been open
 * @param interval how long the counters counted
 * @param flowId of which flow
 * @param connected whether a peer was there
 * @param readings its numbers
 * @param paths every path in use
 */
record StatsMoment(
        Instant taken,
        Duration age,
        Duration interval,
        int flowId,
        boolean connected,
        Readings readings,
        List<RistPathStats> paths) {
    StatsMoment {
        paths = List.copyOf(paths);
    }

    /** With counters that count from the beginning. */
    StatsMoment(
            Instant taken,
            Duration age,
            int flowId,
            boolean connected,
            Readings readings,
            List<RistPathStats> paths) {
        this(taken, age, age, flowId, connected, readings, paths);
    }

    long get(RistStatistic statistic) {
        return readings.get(statistic);
    }

    int getInt(RistStatistic statistic) {
        return readings.getInt(statistic);
    }

    /** With its counters from an earlier one on, whatever either counts from. */
    StatsMoment since(StatsMoment earlier) {
        if (age.compareTo(earlier.age) < 0) {
            throw new IllegalArgumentException("the earlier snapshot was taken later");
        }
        return new StatsMoment(
                taken,
                age,
                age.minus(earlier.age),
                flowId,
                connected,
                readings.since(earlier.readings),
                PathSnapshots.since(paths, earlier.paths));
    }

    /** What stands out, for people. */
    String describe(Class<?> type) {
        var text = new StringBuilder(type.getSimpleName()).append("[flow 0x");
        text.append(Integer.toHexString(flowId));
        text.append(connected ? ", connected, " : ", not connected, ");
        text.append(DurationKind.text(interval));
        readings.describe(text);
        return text.append(", paths ").append(paths).append(']').toString();
    }
}
