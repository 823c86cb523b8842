package io.rist4j.cli;

import io.rist4j.RistPathStats;
import io.rist4j.RistSender;
import io.rist4j.RistSenderStats;
import io.rist4j.cli.media.Redaction;
import io.rist4j.cli.metrics.SessionMetrics;
import io.rist4j.cli.view.Sparkline;
import io.rist4j.cli.view.Text;

import java.util.ArrayList;
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
        var facts = new ArrayList<>(line(interval));
        facts.addAll(Glances.all(interval));
        return String.join("  ", facts);
    }

    @Override
    public String summary() {
        RistSenderStats all = sender.stats();
        return "sent "
                + all.sentPackets()
                + " packets ("
                + all.sentBytes()
                + " bytes) in "
                + Figures.seconds(all.interval())
                + ", again "
                + all.retransmittedPackets();
    }

    @Override
    public List<String> view(int columns) {
        RistSenderStats now = sender.stats();
        RistSenderStats interval = now.since(viewed);
        viewed = now;
        repeats.add(repeatShare(interval));
        var facts = new ArrayList<>(line(interval));
        facts.addAll(1, Glances.early(now, Text::count)); // what matters most comes first
        facts.addAll(Glances.late(now, Text::count));
        facts.add(repeats.draw(Math.max(0.01, repeats.highest())));
        return List.of(Text.fit(columns, facts));
    }

    @Override
    public void measure(String number, SessionMetrics to) {
        String url = Redaction.of(sender.paths().get(0).toString());
        to.sender("out" + number, url, sender.latestStats());
    }

    private RistSenderStats interval() {
        RistSenderStats now = sender.stats();
        RistSenderStats interval = now.since(reported);
        reported = now;
        return interval;
    }

    /** What was of the interval; nobody misses a receiver who was there until the session ended. */
    private List<String> line(RistSenderStats interval) {
        var facts = new ArrayList<String>();
        boolean isEnd =
                !sender.isOpen() && interval.paths().stream().anyMatch(RistPathStats::rttKnown);
        if (!interval.connected() && !isEnd) {
            facts.add("no receiver");
        }
        facts.add(
                Text.bitrate(
                        8e9 * interval.sentBytes() / Math.max(1, interval.interval().toNanos())));
        facts.add("repeats " + Text.percent(repeatShare(interval)));
        facts.add(Figures.roundTrip(interval.paths()));
        return facts;
    }

    private static double repeatShare(RistSenderStats interval) {
        return interval.sentPackets() == 0
                ? 0
                : (double) interval.retransmittedPackets() / interval.sentPackets();
    }
}
