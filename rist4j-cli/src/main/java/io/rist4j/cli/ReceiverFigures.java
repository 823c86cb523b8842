package io.rist4j.cli;

import io.rist4j.RistReceiverStats;
import io.rist4j.cli.view.Sparkline;
import io.rist4j.cli.view.Text;

import java.util.List;
import java.util.function.Supplier;

/** What a receiver, or one of its flows, says about itself. */
final class ReceiverFigures implements Figures {
    private static final int SPARK_COLUMNS = 20;

    private final Supplier<RistReceiverStats> source;
    private final Sparkline losses = new Sparkline(SPARK_COLUMNS);
    private RistReceiverStats reported;
    private RistReceiverStats viewed;

    ReceiverFigures(Supplier<RistReceiverStats> source) {
        this.source = source;
        reported = source.get();
        viewed = reported;
    }

    @Override
    public List<String> json() {
        return List.of(interval().toLibristJson());
    }

    @Override
    public String text() {
        RistReceiverStats interval = interval();
        return line(interval)
                + "  recovered "
                + Text.count(interval.recoveredPackets())
                + lost(interval);
    }

    @Override
    public List<String> view(int columns) {
        RistReceiverStats now = source.get();
        RistReceiverStats interval = now.since(viewed);
        viewed = now;
        losses.add(lossShare(interval));
        return List.of(
                line(interval)
                        + "  recovered "
                        + Text.count(now.recoveredPackets())
                        + lost(now)
                        + "  "
                        + losses.draw(Math.max(0.01, losses.highest())));
    }

    private RistReceiverStats interval() {
        RistReceiverStats now = source.get();
        RistReceiverStats interval = now.since(reported);
        reported = now;
        return interval;
    }

    private static String line(RistReceiverStats interval) {
        if (!interval.connected()) {
            return "no sender";
        }
        return Text.bitrate(
                        8e9
                                * interval.deliveredBytes()
                                / Math.max(1, interval.interval().toNanos()))
                + "  "
                + Figures.roundTrip(interval.paths())
                + "  buffer "
                + Figures.milliseconds(interval.bufferNs())
                + "  loss "
                + Text.percent(lossShare(interval));
    }

    private static String lost(RistReceiverStats stats) {
        return "  lost " + Text.count(stats.lostPackets());
    }

    /** Packets that had to be asked for, or never came, of all that were sent. */
    static double lossShare(RistReceiverStats interval) {
        long all = interval.receivedPackets() + interval.lostPackets();
        return all == 0 ? 0 : Math.min(1, (double) interval.missingPackets() / all);
    }
}
