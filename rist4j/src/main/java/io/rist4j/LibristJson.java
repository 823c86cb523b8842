package io.rist4j;

import io.rist4j.core.message.PrintableText;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Statistics as libRIST 0.2.12 prints them: the same objects, field names, order and units, without
 * white space. Each field names the statistic that it shows. What libRIST does not count follows
 * its fields: those that a row tells a name for ({@link StatisticTable#besideLibrist}), and {@code
 * history_evicted}.
 */
final class LibristJson {
    private static final double MS = 1_000_000.0;
    private static final long MICROSECOND = 1_000;

    /** A field of an object: its name, and how its value is written. */
    private record Field<S>(String name, BiConsumer<LibristJson, S> value) {
        void write(LibristJson json, S from) {
            json.name(name);
            value.accept(json, from);
        }
    }

    /**
     * One of libRIST's peers of a sender: what carries media, or reports, or both through a tunnel.
     */
    private record Peer(RistSenderStats stats, RistPathStats path, boolean media, boolean reports) {
        private static long of(boolean has, RistNumbers numbers, RistStatistic statistic) {
            return has ? numbers.value(statistic) : 0;
        }

        /** A field of who carries media: a number of its path. */
        static Field<Peer> media(String name, RistStatistic statistic) {
            return derived(name, peer -> of(peer.media, peer.path, statistic));
        }

        /** A field of who carries media: a number of the flow. */
        static Field<Peer> flow(String name, RistStatistic statistic) {
            return derived(name, peer -> of(peer.media, peer.stats, statistic));
        }

        /** A field of who takes reports: a number of its path. */
        static Field<Peer> reports(String name, RistStatistic statistic) {
            return derived(name, peer -> of(peer.reports, peer.path, statistic));
        }

        /** A time of the path. */
        static Field<Peer> milliseconds(String name, RistStatistic statistic) {
            return decimal(name, peer -> peer.path.value(statistic) / MS);
        }
    }

    private static final List<Field<Peer>> SENDER_PEER =
            List.of(
                    decimal("quality", peer -> peer.media ? peer.stats.qualityPercent() : 100),
                    Peer.media("sent", PathStatistics.SENT_PACKETS),
                    Peer.reports("received", PathStatistics.CONTROL_RECEIVED_PACKETS),
                    Peer.media("retransmitted", PathStatistics.RETRANSMITTED_PACKETS),
                    Peer.media("bandwidth", PathStatistics.SENT_BITS_PER_SECOND),
                    Peer.media("retry_bandwidth", PathStatistics.RETRANSMITTED_BITS_PER_SECOND),
                    Peer.flow("bandwidth_skipped", SenderStatistics.SKIPPED_BITRATE_PACKETS),
                    Peer.flow("bloat_skipped", SenderStatistics.SKIPPED_RECENT_PACKETS),
                    derived(
                            "retransmit_skipped",
                            peer -> peer.media ? peer.stats.skippedPackets() : 0),
                    Peer.milliseconds("rtt", PathStatistics.RTT_LAST_NS),
                    Peer.milliseconds("avg_rtt", PathStatistics.RTT_SMOOTHED_NS),
                    derived("retry_buffer_size", peer -> 0),
                    derived("cooldown_time", peer -> 0),
                    derived(
                            "history_evicted",
                            peer -> peer.media ? peer.stats.evictedPackets() : 0));

    private static final List<Field<RistReceiverStats>> RECEIVER_FLOW =
            List.of(
                    decimal("quality", RistReceiverStats::qualityPercent),
                    number("received", ReceiverStatistics.RECEIVED_PACKETS),
                    number("dropped_late", ReceiverStatistics.LATE_PACKETS),
                    number("dropped_full", ReceiverStatistics.OVERFULL_PACKETS),
                    number("missing", ReceiverStatistics.MISSING_PACKETS),
                    number("recovered_total", ReceiverStatistics.RECOVERED_PACKETS),
                    number("reordered", ReceiverStatistics.REORDERED_PACKETS),
                    number("retries", ReceiverStatistics.REQUESTED_PACKETS),
                    number("recovered_one_nack", ReceiverStatistics.RECOVERED_ONE_ROUND_PACKETS),
                    number("recovered_two_nacks", ReceiverStatistics.RECOVERED_TWO_ROUNDS_PACKETS),
                    number(
                            "recovered_three_nacks",
                            ReceiverStatistics.RECOVERED_THREE_ROUNDS_PACKETS),
                    number(
                            "recovered_four_nacks",
                            ReceiverStatistics.RECOVERED_FOUR_ROUNDS_PACKETS),
                    number(
                            "recovered_more_nacks",
                            ReceiverStatistics.RECOVERED_MORE_ROUNDS_PACKETS),
                    number("lost", ReceiverStatistics.LOST_PACKETS),
                    derived("avg_buffer_time", stats -> Math.round(stats.meanBufferTimeNs() / MS)),
                    number("duplicates", ReceiverStatistics.DUPLICATE_PACKETS),
                    number("missing_queue", ReceiverStatistics.MISSING_QUEUE_PACKETS),
                    number("missing_queue_max", ReceiverStatistics.MISSING_QUEUE_MOST_PACKETS),
                    derived("min_inter_packet_spacing", s -> s.spacingMinNs() / MICROSECOND),
                    derived(
                            "cur_inter_packet_spacing",
                            s -> s.value(ReceiverStatistics.SPACING_NS) / MICROSECOND),
                    derived("max_inter_packet_spacing", s -> s.spacingMaxNs() / MICROSECOND),
                    number("bitrate", ReceiverStatistics.BITS_PER_SECOND));

    private static final List<Field<RistPathStats>> RECEIVER_PEER =
            List.of(
                    number("received_data", PathStatistics.RECEIVED_PACKETS),
                    number("received_rtcp", PathStatistics.CONTROL_RECEIVED_PACKETS),
                    number("sent_rtcp", PathStatistics.CONTROL_SENT_PACKETS),
                    decimal("rtt", path -> path.value(PathStatistics.RTT_LAST_NS) / MS),
                    decimal("avg_rtt", path -> path.value(PathStatistics.RTT_SMOOTHED_NS) / MS),
                    number("bitrate", PathStatistics.RECEIVED_BITS_PER_SECOND),
                    number("avg_bitrate", PathStatistics.RECEIVED_BITS_PER_SECOND));

    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    private LibristJson() {}

    private static <S extends RistNumbers> Field<S> number(String name, RistStatistic statistic) {
        return derived(name, from -> from.value(statistic));
    }

    private static <S> Field<S> derived(String name, ToLongFunction<S> value) {
        return new Field<>(name, (json, from) -> json.text.append(value.applyAsLong(from)));
    }

    private static <S> Field<S> decimal(String name, ToDoubleFunction<S> value) {
        return new Field<>(name, (json, from) -> json.append(value.applyAsDouble(from)));
    }

    static List<String> sender(RistSenderStats stats) {
        var reports = new ArrayList<String>();
        for (RistPathStats path : stats.paths()) {
            if (path.ports() == 1) {
                reports.add(senderPeer(path.path() + 1, new Peer(stats, path, true, true)));
            } else {
                int first = 2 * path.path() + 1;
                reports.add(senderPeer(first, new Peer(stats, path, true, false)));
                reports.add(senderPeer(first + 1, new Peer(stats, path, false, true)));
            }
        }
        return List.copyOf(reports);
    }

    private static String senderPeer(int id, Peer peer) {
        var json = new LibristJson();
        json.open("").open("sender-stats").open("peer");
        json.number("flow_id", Integer.toUnsignedLong(peer.stats.flowId()));
        json.number("id", id).string("cname", peer.path.cname());
        json.string("type", peer.media ? "data" : "rtcp");
        json.open("stats").fields(SENDER_PEER, peer);
        SenderStatistics.TABLE
                .besideLibrist()
                .forEach((name, row) -> Peer.flow(name, row).write(json, peer));
        return json.close(4);
    }

    static String receiver(RistReceiverStats stats) {
        var json = new LibristJson();
        json.open("").open("receiver-stats").open("flowinstant");
        json.number("flow_id", Integer.toUnsignedLong(stats.flowId()));
        json.number("dead", stats.connected() ? 0 : 1);
        json.open("stats").fields(RECEIVER_FLOW, stats);
        ReceiverStatistics.TABLE
                .besideLibrist()
                .forEach((name, row) -> json.number(name, stats.value(row)));
        json.end('}').array("peers");
        for (RistPathStats path : stats.paths()) {
            json.open("").number("id", path.path() + 1).number("dead", path.alive() ? 0 : 1);
            json.open("stats").fields(RECEIVER_PEER, path);
            json.end('}').end('}');
        }
        return json.end(']').close(3);
    }

    private <S> void fields(List<Field<S>> fields, S from) {
        fields.forEach(field -> field.write(this, from));
    }

    private LibristJson open(String name) {
        name(name).text.append('{');
        first = true;
        return this;
    }

    private LibristJson array(String name) {
        name(name).text.append('[');
        first = true;
        return this;
    }

    private LibristJson end(char bracket) {
        text.append(bracket);
        first = false;
        return this;
    }

    /** Closes so many objects, and gives the text. */
    private String close(int objects) {
        return text.append("}".repeat(objects)).toString();
    }

    private LibristJson number(String name, long value) {
        name(name).text.append(value);
        return this;
    }

    /** Two decimals, and none where they are zero. */
    private void append(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        text.append(digits.endsWith(".00") ? digits.substring(0, digits.length() - 3) : digits);
    }

    private LibristJson string(String name, String value) {
        name(name).text.append('"');
        value.codePoints().forEach(this::escaped);
        text.append('"');
        return this;
    }

    /** A peer's name may hold anything. */
    private void escaped(int character) {
        if (character == '"' || character == '\\') {
            text.append('\\').appendCodePoint(character);
        } else if (PrintableText.isPrintable(character)) {
            text.appendCodePoint(character);
        } else {
            for (char unit : Character.toChars(character)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            }
        }
    }

    private LibristJson name(String name) {
        text.append(first ? "" : ",");
        first = false;
        if (!name.isEmpty()) {
            text.append('"').append(name).append("\":");
        }
        return this;
    }
}
