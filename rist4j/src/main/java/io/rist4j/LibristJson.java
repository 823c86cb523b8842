package io.rist4j;

import io.rist4j.core.message.PrintableText;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Statistics as libRIST 0.2.12 prints them: the same objects, field names, order and units, without
 * white space. What libRIST does not count follows its fields: {@code delivered_early}, {@code
 * unaskable}, {@code history_evicted}.
 */
final class LibristJson {
    private static final double MS = 1_000_000.0;
    private static final long MICROSECOND = 1_000;

    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    private LibristJson() {}

    static List<String> sender(RistSenderStats stats) {
        var reports = new ArrayList<String>();
        for (RistPathStats path : stats.paths()) {
            if (path.ports() == 1) {
                reports.add(senderPeer(stats, path, path.path() + 1, true, true));
            } else {
                reports.add(senderPeer(stats, path, 2 * path.path() + 1, true, false));
                reports.add(senderPeer(stats, path, 2 * path.path() + 2, false, true));
            }
        }
        return List.copyOf(reports);
    }

    /** One of libRIST's peers: what carries media, or reports, or both through a tunnel. */
    private static String senderPeer(
            RistSenderStats stats, RistPathStats path, int id, boolean data, boolean reports) {
        var json = new LibristJson();
        json.open("").open("sender-stats").open("peer");
        json.number("flow_id", Integer.toUnsignedLong(stats.flowId()));
        json.number("id", id).string("cname", path.cname()).string("type", data ? "data" : "rtcp");
        json.open("stats");
        json.decimal("quality", data ? stats.qualityPercent() : 100);
        json.number("sent", data ? path.sentPackets() : 0);
        json.number("received", reports ? path.controlReceivedPackets() : 0);
        json.number("retransmitted", data ? path.retransmittedPackets() : 0);
        json.number("bandwidth", data ? path.sentBitsPerSecond() : 0);
        json.number("retry_bandwidth", data ? path.retransmittedBitsPerSecond() : 0);
        json.number("bandwidth_skipped", data ? stats.skippedBitratePackets() : 0);
        json.number("bloat_skipped", data ? stats.skippedRecentPackets() : 0);
        json.number("retransmit_skipped", data ? stats.skippedPackets() : 0);
        json.decimal("rtt", path.rttLastNs() / MS);
        json.decimal("avg_rtt", path.rttSmoothedNs() / MS);
        json.number("retry_buffer_size", 0);
        json.number("cooldown_time", 0);
        json.number("history_evicted", data ? stats.evictedPackets() : 0);
        return json.close(4);
    }

    static String receiver(RistReceiverStats stats) {
        var json = new LibristJson();
        json.open("").open("receiver-stats").open("flowinstant");
        json.number("flow_id", Integer.toUnsignedLong(stats.flowId()));
        json.number("dead", stats.connected() ? 0 : 1);
        json.open("stats");
        json.decimal("quality", stats.qualityPercent());
        json.number("received", stats.receivedPackets());
        json.number("dropped_late", stats.latePackets());
        json.number("dropped_full", stats.overfullPackets());
        json.number("missing", stats.missingPackets());
        json.number("recovered_total", stats.recoveredPackets());
        json.number("reordered", stats.reorderedPackets());
        json.number("retries", stats.requestedPackets());
        json.number("recovered_one_nack", stats.recoveredOneRoundPackets());
        json.number("recovered_two_nacks", stats.recoveredTwoRoundsPackets());
        json.number("recovered_three_nacks", stats.recoveredThreeRoundsPackets());
        json.number("recovered_four_nacks", stats.recoveredFourRoundsPackets());
        json.number("recovered_more_nacks", stats.recoveredMoreRoundsPackets());
        json.number("lost", stats.lostPackets());
        json.number("avg_buffer_time", Math.round(stats.meanBufferTimeNs() / MS));
        json.number("duplicates", stats.duplicatePackets());
        json.number("missing_queue", stats.missingQueuePackets());
        json.number("missing_queue_max", stats.missingQueueMostPackets());
        json.number("min_inter_packet_spacing", stats.spacingMinNs() / MICROSECOND);
        json.number("cur_inter_packet_spacing", stats.spacingNs() / MICROSECOND);
        json.number("max_inter_packet_spacing", stats.spacingMaxNs() / MICROSECOND);
        json.number("bitrate", stats.bitsPerSecond());
        json.number("delivered_early", stats.earlyPackets());
        json.number("unaskable", stats.unaskablePackets());
        json.end('}').array("peers");
        for (RistPathStats path : stats.paths()) {
            receiverPeer(json, path);
        }
        return json.end(']').close(3);
    }

    private static void receiverPeer(LibristJson json, RistPathStats path) {
        json.open("");
        json.number("id", path.path() + 1).number("dead", path.alive() ? 0 : 1);
        json.open("stats");
        json.number("received_data", path.receivedPackets());
        json.number("received_rtcp", path.controlReceivedPackets());
        json.number("sent_rtcp", path.controlSentPackets());
        json.decimal("rtt", path.rttLastNs() / MS);
        json.decimal("avg_rtt", path.rttSmoothedNs() / MS);
        json.number("bitrate", path.receivedBitsPerSecond());
        json.number("avg_bitrate", path.receivedBitsPerSecond());
        json.end('}').end('}');
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
    private LibristJson decimal(String name, double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        name(name)
                .text
                .append(digits.endsWith(".00") ? digits.substring(0, digits.length() - 3) : digits);
        return this;
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
