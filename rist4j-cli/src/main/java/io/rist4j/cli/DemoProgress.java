package io.rist4j.cli;

import io.rist4j.RistReceiverStats;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;
import io.rist4j.cli.view.Sparkline;
import io.rist4j.cli.view.Text;
import io.rist4j.testkit.impair.ImpairmentStats;
import io.rist4j.testkit.link.LinkCounters;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows the demo while it runs: a view on a terminal, a line each second otherwise. */
final class DemoProgress implements DemoRun.Progress {
    private static final long VIEW_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LINE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SPARK_COLUMNS = 50;

    private final Screen screen;
    private final DemoPlan plan;
    private final DemoRun run;
    private final long everyNs;
    private final Sparkline missing = new Sparkline(SPARK_COLUMNS);
    private final Sparkline recovered = new Sparkline(SPARK_COLUMNS);
    private RistReceiverStats last;
    private long nextNs;

    DemoProgress(Screen screen, DemoPlan plan, DemoRun run) {
        this.screen = screen;
        this.plan = plan;
        this.run = run;
        everyNs = screen.isInteractive() ? VIEW_NS : LINE_NS;
        nextNs = everyNs;
        last = run.receiverStats();
        screen.log(
                LogLevel.INFO,
                "a stream of "
                        + Text.bitrate((double) plan.bitsPerSecond())
                        + " for "
                        + seconds(plan.length().toNanos())
                        + " s through a network with "
                        + plan.there()
                        + (plan.back().equals(plan.there())
                                ? " both ways"
                                : "; back: " + plan.back()));
    }

    @Override
    public void onStep(long streamedNs) {
        if (streamedNs >= nextNs) {
            nextNs += everyNs;
            show(seconds(streamedNs) + " of " + seconds(plan.length().toNanos()) + " s");
        }
    }

    @Override
    public void onDraining() {
        show("waiting for the last packets");
        screen.leaveView();
    }

    private void show(String when) {
        RistReceiverStats now = run.receiverStats();
        RistReceiverStats interval = now.since(last);
        last = now;
        missing.add((double) interval.missingPackets());
        recovered.add((double) interval.recoveredPackets());
        String rate =
                Text.bitrate(
                        8e9
                                * interval.deliveredBytes()
                                / Math.max(1, interval.interval().toNanos()));
        if (screen.isInteractive()) {
            screen.show(view(when, rate, now));
        } else {
            screen.log(
                    LogLevel.INFO,
                    when
                            + ": "
                            + rate
                            + "  "
                            + Figures.roundTrip(now.paths())
                            + "  loss "
                            + Text.percent(ReceiverFigures.lossShare(interval))
                            + "  recovered "
                            + now.recoveredPackets()
                            + "  lost "
                            + now.lostPackets());
        }
    }

    private List<String> view(String when, String rate, RistReceiverStats now) {
        ImpairmentStats network = run.networkStats();
        double top = Math.max(1, Math.max(missing.highest(), recovered.highest()));
        return List.of(
                "",
                "  rist demo    sender ──▶ bad network ──▶ receiver        " + when,
                "",
                row(
                        "stream",
                        rate
                                + "   "
                                + Figures.roundTrip(now.paths())
                                + "   buffer "
                                + Figures.milliseconds(now.bufferNs())),
                row(
                        "network",
                        "lost "
                                + lost(network.forward().link())
                                + " there, "
                                + lost(network.backward().link())
                                + " back"),
                row("loss seen", column(now.missingPackets()) + missing.draw(top)),
                row("recovered", column(now.recoveredPackets()) + recovered.draw(top)),
                row("lost", column(now.lostPackets())),
                "");
    }

    private static String row(String name, String text) {
        return "  " + name + " ".repeat(Math.max(1, 13 - name.length())) + text;
    }

    private static String column(long number) {
        String text = Text.count(number);
        return text + " ".repeat(Math.max(1, 10 - text.length()));
    }

    private static String lost(LinkCounters link) {
        return Text.percent(link.lossShare());
    }

    private static String seconds(long ns) {
        return Text.fixed((double) ns / LINE_NS, ns % LINE_NS < LINE_NS / 10 ? 0 : 1);
    }
}
