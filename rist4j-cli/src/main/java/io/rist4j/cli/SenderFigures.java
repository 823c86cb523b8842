package io.rist4j.cli;

import io.rist4j.RistSender;
import io.rist4j.RistSenderStats;
import io.rist4j.cli.view.Sparkline;
import io.rist4j.cli.view.Text;

import java.util.List;

/** What a sender says about itself. */
final class SenderFigures implements Figures {
    private static final int SPARK_COLUMNS = 20;

    private final RistSender sender;
    private final Sparkline repeats = new Sparkline(SPARK_COLUMNS);
    private RistSenderStats reported;
    private RistSenderStats viewed;

    SenderFigures(RistSender sender) {
        this.sender = sender;
        reported = sender.stats();
        viewed = reported;
    }

    @Override
    public List<String> json() {
        return interval().toLibristJson();
    }

    @Override
    public String text() {
        RistSenderStats interval = interval();
        return line(interval)
                + "  sent "
                + Text.count(interval.sentPackets())
                + "  again "
                + Text.count(interval.retransmittedPackets());
    }

    @Override
    public List<String> view(int columns) {
        RistSenderStats now = sender.stats();
        RistSenderStats interval = now.since(viewed);
        viewed = now;
        repeats.add(repeatShare(interval));
        return List.of(
                line(interval)
                        + "  sent "
                        + Text.count(now.sentPackets())
                        + "  again "
                        + Text.count(now.retransmittedPackets())
                        + "  "
                        + repeats.draw(Math.max(0.01, repeats.highest())));
    }

    private RistSenderStats interval() {
        RistSenderStats now = sender.stats();
        RistSenderStats interval = now.since(reported);
        reported = now;
        return interval;
    }

    private static String line(RistSenderStats interval) {
        return (interval.connected() ? "" : "no receiver  ")
                + Text.bitrate(
                        8e9 * interval.sentBytes() / Math.max(1, interval.interval().toNanos()))
                + "  "
                + Figures.roundTrip(interval.paths())
                + "  repeats "
                + Text.percent(repeatShare(interval));
    }

    private static double repeatShare(RistSenderStats interval) {
        return interval.sentPackets() == 0
                ? 0
                : (double) interval.retransmittedPackets() / interval.sentPackets();
    }
}
