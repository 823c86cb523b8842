package io.rist4j.cli.metrics;

import io.rist4j.RistPathStats;
import io.rist4j.RistPumpStats;
import io.rist4j.RistReceiverStats;
import io.rist4j.RistSenderStats;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Metrics under the names of libRIST's tools, for dashboards that were made for them; what libRIST
 * does not count is left out. As there a sender's are gauges of an interval: here of what happened
 * since the collection before, for a second.
 */
final class LibristMetrics implements SessionMetrics {
    private static final String FLOW = "rist_client_flow_";
    private static final String PEER = "rist_sender_peer_";
    private static final double PERCENT = 100;

    private final Exposition to;
    private final Map<String, RistSenderStats> before;
    private final Map<String, RistSenderStats> now = new HashMap<>();

    /**
     * @param before what senders told at the collection before; changed to what they tell now
     */
    LibristMetrics(Exposition to, Map<String, RistSenderStats> before) {
        this.to = to;
        this.before = before;
    }

    @Override
    public void receiver(String session, RistReceiverStats stats) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("flow_id", Integer.toUnsignedString(stats.flowId()));
        labels.put("receiver_id", session);
        gauge("peers", "Peers of the flow", labels, stats.paths().size());
        gauge(
                "bandwidth_bps",
                "Media received, in bits per second",
                labels,
                (double) stats.bitsPerSecond());
        gauge("retry_bandwidth_bps", "Not told by receivers", labels, 0);
        count("sent_packets", "Control packets sent", labels, stats.controlSentPackets());
        count("received_packets", "Packets received", labels, stats.receivedPackets());
        count("missing_packets", "Packets asked for", labels, stats.missingPackets());
        count("reordered_packets", "Packets out of order", labels, stats.reorderedPackets());
        count("recovered_packets", "Packets recovered", labels, stats.recoveredPackets());
        count(
                "recovered_one_retry_packets",
                "Packets recovered by the first request",
                labels,
                stats.recoveredOneRoundPackets());
        count("lost_packets", "Packets lost", labels, stats.lostPackets());
        to.time(
                FLOW + "min_iat",
                "Least time between packets",
                labels,
                stats.spacingMinNs(),
                false);
        to.time(
                FLOW + "cur_iat",
                "Time between the last packets",
                labels,
                stats.spacingNs(),
                false);
        to.time(FLOW + "max_iat", "Most time between packets", labels, stats.spacingMaxNs(), false);
        long rttNs =
                stats.paths().stream()
                        .filter(RistPathStats::rttKnown)
                        .mapToLong(RistPathStats::rttSmoothedNs)
                        .max()
                        .orElse(0);
        to.time(FLOW + "rtt", "Round trip", labels, rttNs, false);
        gauge(
                "quality",
                "Packets that need not be asked for, in percent",
                labels,
                stats.qualityPercent());
    }

    private void gauge(String name, String help, Map<String, String> labels, double value) {
        to.gauge(FLOW + name, help, labels, value);
    }

    private void count(String name, String help, Map<String, String> labels, long value) {
        to.counter(FLOW + name, help, labels, value);
    }

    @Override
    public void sender(String session, String url, RistSenderStats stats) {
        String key = session + " " + stats.flowId();
        RistSenderStats earlier = before.get(key);
        now.put(key, stats);
        RistSenderStats interval = earlier == null ? stats : stats.since(earlier);
        double seconds = Math.max(1, interval.interval().toMillis()) / 1000.0;
        for (RistPathStats path : interval.paths()) {
            var labels = new LinkedHashMap<String, String>();
            labels.put("peer_id", Integer.toString(path.path() + 1));
            labels.put("peer_url", url);
            labels.put("cname", path.cname());
            labels.put("sender_id", session);
            peer(
                    labels,
                    path,
                    "bandwidth_bps",
                    "Originals, in bits per second",
                    RistPathStats::sentBitsPerSecond,
                    1);
            peer(
                    labels,
                    path,
                    "retry_bandwidth_bps",
                    "Retransmissions, in bits per second",
                    RistPathStats::retransmittedBitsPerSecond,
                    1);
            peer(
                    labels,
                    path,
                    "sent_packets",
                    "Originals sent in a second",
                    RistPathStats::sentPackets,
                    seconds);
            peer(
                    labels,
                    path,
                    "retransmitted_packets",
                    "Retransmissions sent in a second",
                    RistPathStats::retransmittedPackets,
                    seconds);
            peer(
                    labels,
                    path,
                    "received_packets",
                    "Control packets received in a second",
                    RistPathStats::controlReceivedPackets,
                    seconds);
            to.time(PEER + "rtt", "Round trip", labels, path.rttSmoothedNs(), false);
            to.gauge(
                    PEER + "quality",
                    "Packets that need not be sent again, in percent",
                    labels,
                    interval.connected() ? interval.qualityPercent() : PERCENT);
        }
    }

    private void peer(
            Map<String, String> labels,
            RistPathStats path,
            String name,
            String help,
            ToLongFunction<RistPathStats> number,
            double seconds) {
        to.gauge(PEER + name, help, labels, number.applyAsLong(path) / seconds);
    }

    /** The collection is over. */
    void end() {
        before.clear();
        before.putAll(now);
    }

    @Override
    public void pump(RistPumpStats stats) {
        // libRIST does not tell of its threads
    }

    @Override
    public void other(String name, String help, long value) {
        // nor does it have other commands
    }
}
