package io.rist4j.cli;

import io.rist4j.RistReceiverStats;
import io.rist4j.RistSenderStats;
import io.rist4j.cli.view.Text;
import io.rist4j.testkit.impair.ImpairmentStats;
import io.rist4j.testkit.link.LinkCounters;

import java.util.Locale;

/**
 * How the demo ended.
 *
 * @param plan what was asked for
 * @param streamedNs how long the stream ran
 * @param in what went in
 * @param out what came out
 * @param sent the sender's counters
 * @param received the receiver's counters
 * @param network the network's counters
 */
record DemoResult(
        DemoPlan plan,
        long streamedNs,
        StreamDigest in,
        StreamDigest out,
        RistSenderStats sent,
        RistReceiverStats received,
        ImpairmentStats network) {
    /** Whether every byte came out, in order. */
    boolean isComplete() {
        return in.bytes() == out.bytes() && in.hex().equals(out.hex());
    }

    /** Media and control datagrams that the network took in, in proportion to the originals. */
    private double overhead() {
        return in.datagrams() == 0
                ? 1
                : (double) (in.datagrams() + sent.retransmittedPackets() + sent.tailRepairPackets())
                        / in.datagrams();
    }

    /** For people. */
    String sentence() {
        LinkCounters there = network.forward().link();
        LinkCounters back = network.backward().link();
        String numbers =
                Text.count(out.datagrams())
                        + " of "
                        + Text.count(in.datagrams())
                        + " packets, "
                        + Text.fixed(out.bytes() / 1e6, 1)
                        + " MB; the network lost "
                        + Text.percent(there.lossShare())
                        + " there and "
                        + Text.percent(back.lossShare())
                        + " back; "
                        + Text.count(received.recoveredPackets() + received.startRepairedPackets())
                        + " recovered, "
                        + Text.fixed(overhead(), 3)
                        + " packets sent for each; SHA-256 "
                        + in.hex().substring(0, 16);
        return isComplete()
                ? "Every byte came out: " + numbers + " in and out."
                : "DATA WAS LOST: " + numbers + " in, " + out.hex().substring(0, 16) + " out.";
    }

    /** One line. */
    String json() {
        return "{"
                + ("\"ok\":" + isComplete())
                + decimal("seconds", streamedNs / 1e9, 3)
                + number("bitrate_bps", plan.bitsPerSecond())
                + number("buffer_ms", plan.buffer().toMillis())
                + number("packets_in", in.datagrams())
                + number("packets_out", out.datagrams())
                + number("bytes_in", in.bytes())
                + number("bytes_out", out.bytes())
                + text("sha256_in", in.hex())
                + text("sha256_out", out.hex())
                + number("stream_errors_out", out.streamErrors())
                + decimal("network_loss_there", network.forward().link().lossShare(), 5)
                + decimal("network_loss_back", network.backward().link().lossShare(), 5)
                + number("network_own_drops", network.ownDrops())
                + number("missing", received.missingPackets())
                + number("recovered", received.recoveredPackets())
                + number("start_repaired", received.startRepairedPackets())
                + number("lost", received.lostPackets())
                + number("late", received.latePackets())
                + number("duplicates", received.duplicatePackets())
                + number("requests", received.requestedPackets())
                + number("retransmitted", sent.retransmittedPackets())
                + number("tail_repair", sent.tailRepairPackets())
                + decimal("packets_sent_per_packet", overhead(), 4)
                + decimal("rtt_ms", rttMs(), 2)
                + "}";
    }

    private double rttMs() {
        return sent.paths().isEmpty() ? 0 : sent.paths().get(0).rttSmoothedNs() / 1e6;
    }

    private static String number(String name, long value) {
        return ",\"" + name + "\":" + value;
    }

    private static String decimal(String name, double value, int digits) {
        return ",\"" + name + "\":" + String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String text(String name, String value) {
        return ",\"" + name + "\":\"" + value + "\"";
    }
}
