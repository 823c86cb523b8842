package io.rist4j.cli.metrics;

import io.rist4j.RistNumbers;
import io.rist4j.RistPathStats;
import io.rist4j.RistPumpStats;
import io.rist4j.RistReceiverStats;
import io.rist4j.RistSenderStats;
import io.rist4j.RistStatistic;
import io.rist4j.RistStatistic.Subject;
import io.rist4j.RistStatistic.Unit;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Metrics under the names of this project: {@code rist_}, what it is about, the statistic's name
 * and its unit, by Prometheus' rules. A loop over the descriptors of the statistics.
 */
final class OwnMetrics implements SessionMetrics {
    private final Exposition to;
    private final Set<String> sessions = new HashSet<>();
    private final Set<Map<String, String>> paths = new HashSet<>();

    OwnMetrics(Exposition to, String version) {
        this.to = to;
        to.gauge("rist_info", "The version of this program", Map.of("version", version), 1);
    }

    @Override
    public void sender(String session, String url, RistSenderStats stats) {
        flow(session, Subject.SENDER, stats);
    }

    @Override
    public void receiver(String session, RistReceiverStats stats) {
        flow(session, Subject.RECEIVER, stats);
    }

    private void flow(String session, Subject subject, RistNumbers stats) {
        add(subject, labelled(session, stats), stats);
        if (sessions.add(session)) {
            add(Subject.SESSION, Map.of("session", session), stats);
        }
        for (RistPathStats path : SessionMetrics.paths(stats)) {
            Map<String, String> labels = labelled(session, path);
            if (paths.add(labels)) {
                add(Subject.PATH, labels, path);
            }
        }
    }

    @Override
    public void pump(RistPumpStats stats) {
        add(Subject.PUMP, stats.labels(), stats);
    }

    @Override
    public void other(String name, String help, long value) {
        to.counter("rist_" + name, help, Map.of(), value);
    }

    private static Map<String, String> labelled(String session, RistNumbers numbers) {
        var labels = new TreeMap<String, String>(numbers.labels());
        labels.put("session", session);
        return labels;
    }

    private void add(Subject subject, Map<String, String> labels, RistNumbers numbers) {
        for (RistStatistic statistic : numbers.statistics()) {
            if (statistic.subject() == subject) {
                add(statistic, labels, numbers.value(statistic));
            }
        }
    }

    private void add(RistStatistic statistic, Map<String, String> whose, long value) {
        var labels = new TreeMap<String, String>(whose);
        labels.putAll(statistic.labels());
        String name = "rist_" + statistic.subject() + "_" + statistic.name();
        if (statistic.unit() == Unit.NANOSECONDS) {
            to.time(name, statistic.help(), labels, value, statistic.isCounter());
        } else if (statistic.unit() == Unit.BITS_PER_SECOND) {
            // Prometheus counts in bytes
            to.gauge(name.replace("bits", "bytes"), statistic.help(), labels, value / 8.0);
        } else if (statistic.isCounter()) {
            to.counter(name, statistic.help(), labels, value);
        } else {
            to.gauge(name, statistic.help(), labels, (double) value);
        }
    }
}
