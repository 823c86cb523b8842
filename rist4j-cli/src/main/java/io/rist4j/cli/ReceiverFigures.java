package io.rist4j.cli;

import io.rist4j.RistHandle;
import io.rist4j.RistReceiverStats;
import io.rist4j.cli.metrics.SessionMetrics;
import io.rist4j.cli.view.Sparkline;
import io.rist4j.cli.view.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a receiver, or one of its flows, says about itself. */
final class ReceiverFigures implements Figures {
    private static final int SPARK_COLUMNS = 20;

    private final RistHandle handle;
    private final Supplier<RistReceiverStats> source;
    private final Supplier<RistReceiverStats> latest;
    private final Sparkline losses = new Sparkline(SPARK_COLUMNS);
    private final FlowTotals totals = new FlowTotals();
    private RistReceiverStats reported;
    private RistReceiverStats viewed;

    /**
     * @param handle whose session it is
     * @param source the numbers of this moment
     * @param latest those that were published last
     */
    ReceiverFigures(
            RistHandle handle,
            Supplier<RistReceiverStats> source,
            Supplier<RistReceiverStats> latest) {
        this.handle = handle;
        this.source = source;
        this.latest = latest;
        reported = source.get();
        viewed = reported;
    }

    @Override
    public List<String> json() {
        RistReceiverStats interval = interval();
        return List.of(interval.toLibristJson(), totals.after(interval));
    }

    @Override
    public String text() {
        RistReceiverStats interval = interval();
        var facts = new ArrayList<>(line(interval));
        facts.addAll(Glances.all(interval));
        return String.join("  ", facts);
    }

    @Override
    public String summary() {
        RistReceiverStats all = source.get();
        return "received "
                + all.receivedPackets()
                + " packets in "
                + Figures.seconds(all.interval())
                + ", put out "
                + all.deliveredPackets()
                + " ("
                + all.deliveredBytes()
                + " bytes), recovered "
                + all.recoveredPackets()
                + ", lost "
                + all.lostPackets();
    }

    @Override
    public List<String> view(int columns) {
        RistReceiverStats now = source.get();
        RistReceiverStats interval = now.since(viewed);
        viewed = now;
        losses.add(lossShare(interval));
        var facts = new ArrayList<>(line(interval));
        facts.addAll(1, Glances.early(now, Text::count)); // what matters most comes first
        facts.addAll(Glances.late(now, Text::count));
        facts.add(losses.draw(Math.max(0.01, losses.highest())));
        return List.of(Text.fit(columns, facts));
    }

    @Override
    public void measure(String number, SessionMetrics to) {
        to.receiver("in" + number, latest.get());
    }

    private RistReceiverStats interval() {
        RistReceiverStats now = source.get();
        RistReceiverStats interval = now.since(reported);
        reported = now;
        return interval;
    }

    /** What was of the interval; nobody misses a sender who was there until the session ended. */
    private List<String> line(RistReceiverStats interval) {
        boolean isEnd = !handle.isOpen() && interval.receivedPackets() > 0;
        if (!interval.connected() && !isEnd) {
            return List.of("no sender");
        }
        return List.of(
                Text.bitrate(
                        8e9
                                * interval.deliveredBytes()
                                / Math.max(1, interval.interval().toNanos())),
                "loss " + Text.percent(lossShare(interval)),
                Figures.roundTrip(interval.paths()),
                "buffer " + Figures.milliseconds(interval.bufferNs()));
    }

    /** Packets that had to be asked for, or never came, of all that were sent. */
    static double lossShare(RistReceiverStats interval) {
        long all = interval.receivedPackets() + interval.lostPackets();
        return all == 0 ? 0 : Math.min(1, (double) interval.missingPackets() / all);
    }
}
