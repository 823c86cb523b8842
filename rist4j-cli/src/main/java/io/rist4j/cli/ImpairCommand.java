package io.rist4j.cli;

import io.rist4j.cli.view.LogFormat;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;
import io.rist4j.cli.view.Text;
import io.rist4j.testkit.impair.ImpairmentStats;
import io.rist4j.testkit.impair.UdpImpairment;
import io.rist4j.testkit.link.LinkConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A bad network between two programs of this machine or others. */
@Command(
        name = "impair",
        sortOptions = false,
        customSynopsis = "rist impair -i [ADDRESS]:PORT -o HOST:PORT [OPTIONS]",
        description = "A UDP proxy that behaves like a bad network.",
        footer = {
            "",
            "Example: 10 %% loss both ways and 25 ms each way in front of a receiver on port 5000:",
            "  rist impair -i 127.0.0.1:6000 -o 127.0.0.1:5000 --loss 10 --delay 25",
            "The sender then dials rist://127.0.0.1:6000. On each port whoever spoke first is served,",
            "until he is silent for half a second."
        })
final class ImpairCommand implements RistCommand {
    private static final double DAY_SECONDS = 86_400;
    private static final int MAX_PORTS = 32;

    @Option(
            names = {"-i", "--listen"},
            required = true,
            paramLabel = "[ADDRESS]:PORT",
            description =
                    "Where the dialling peer sends to; port 0 leaves the choice to the system, which is"
                            + " told.")
    private String listen = "";

    @Option(
            names = {"-o", "--to"},
            required = true,
            paramLabel = "HOST:PORT",
            description = "Where packets are forwarded to.")
    private String target = "";

    @Option(
            names = "--ports",
            paramLabel = "N",
            description =
                    "Consecutive ports that share the link. Default: ${DEFAULT-VALUE}, RIST"
                            + " Simple's pair; 1 for the Main profile.")
    private int ports = 2;

    @Mixin private ImpairmentOptions impairment = new ImpairmentOptions("0", "0", "0");

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "End after so long. Default: one day.")
    private @Nullable Double seconds;

    @Option(
            names = {"-S", "--stats"},
            paramLabel = "MS",
            description =
                    "Say so often what was lost; 0 only at the end. Default: ${DEFAULT-VALUE}.")
    private int statsMs = 5000;

    private boolean quiet;

    @Override
    public CommandSpec commandSpec() {
        CommandSpec spec = RistCommand.super.commandSpec();
        SharedOptions.quiet(Options.of(spec), () -> quiet = true);
        return spec;
    }

    @Override
    public int run(Console console, StopSignal stop) throws IOException {
        LinkConfig there = impairment.there();
        LinkConfig back = impairment.back();
        HostPort from = HostPort.parseLocal("-i, --listen", listen, "0.0.0.0");
        HostPort to = HostPort.parse("-o, --to", target, "127.0.0.1");
        long ns =
                Quantities.seconds(
                        "--seconds",
                        seconds == null ? DAY_SECONDS : seconds,
                        0.001,
                        365 * DAY_SECONDS);
        if (statsMs < 0 || statsMs > RunOptions.MAX_STATS_MS) {
            throw new UsageException(
                    "-S, --stats "
                            + statsMs
                            + " ms is outside 0.."
                            + RunOptions.MAX_STATS_MS
                            + " ms");
        }
        if (ports < 1 || ports > MAX_PORTS) {
            throw new UsageException("--ports " + ports + " is outside 1.." + MAX_PORTS);
        }
        var screen =
                new Screen(
                        console.err(),
                        console.interactive(),
                        console.columns(),
                        quiet ? LogLevel.ERROR.number() : LogLevel.INFO.number(),
                        LogFormat.text);
        try (screen;
                UdpImpairment proxy = start(from.resolve(), to.resolve(), there, back, ns)) {
            screen.log(LogLevel.INFO, listen + " to " + target + ": " + there + "; back: " + back);
            if (from.port() == 0) {
                ChosenPorts.tell(screen, listen, HostPort.text(proxy.localAddress()));
            }
            var ended = new CountDownLatch(1);
            stop.onRaise(ended::countDown);
            watch(proxy, ended, screen);
            screen.log(LogLevel.INFO, describe(proxy.stats()));
        }
        return stop.isRaised() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private UdpImpairment start(
            InetSocketAddress from,
            InetSocketAddress to,
            LinkConfig there,
            LinkConfig back,
            long ns)
            throws IOException {
        try {
            return UdpImpairment.to(to)
                    .listenOn(from)
                    .ports(ports)
                    .forward(there)
                    .backward(back)
                    .seed(impairment.seed)
                    .atMost(Duration.ofNanos(ns))
                    .start();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Until the proxy ends by itself or somebody stops it. */
    private void watch(UdpImpairment proxy, CountDownLatch stopped, Screen screen) {
        long everyNs = TimeUnit.MILLISECONDS.toNanos(statsMs);
        long nextNs = System.nanoTime() + everyNs;
        try {
            while (proxy.isOpen() && !stopped.await(100, TimeUnit.MILLISECONDS)) {
                if (statsMs > 0 && System.nanoTime() - nextNs >= 0) {
                    nextNs += everyNs;
                    screen.log(LogLevel.INFO, describe(proxy.stats()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(ImpairmentStats stats) {
        String text = "there " + describe(stats.forward()) + "; back " + describe(stats.backward());
        return stats.ownDrops() == 0
                ? text
                : text + "; " + stats.ownDrops() + " more lost because this machine is too busy";
    }

    private static String describe(ImpairmentStats.Direction direction) {
        return direction.link().entered()
                + " packets, "
                + Text.percent(direction.link().lossShare())
                + " lost";
    }
}
