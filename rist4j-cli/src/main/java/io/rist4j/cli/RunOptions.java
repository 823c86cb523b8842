package io.rist4j.cli;

import io.rist4j.cli.metrics.Metrics;
import io.rist4j.cli.view.LogFormat;
import io.rist4j.cli.view.LogLevel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** The options of every command that runs a session, with libRIST's letters. */
class RunOptions {
    /** What {@code --stats} prints. */
    enum StatsFormat {
        /** libRIST's JSON. */
        json,
        /** A line for people. */
        text
    }

    static final int MAX_STATS_MS = 3_600_000;
    private static final double MAX_WAIT_SECONDS = 1e6;

    @Nullable Integer statsMs;
    @Nullable StatsFormat statsFormat;
    LogFormat logFormat = LogFormat.text;
    int level = LogLevel.INFO.number();
    boolean quiet;
    @Nullable String remoteLogging;
    @Nullable Double waitSeconds;
    String network = "auto";
    @Nullable String metrics;
    Metrics metricsNames = Metrics.own;
    boolean helpUrl;

    /** Declares them. */
    void addTo(Options options) {
        options.value(
                        "-S --stats --statsinterval --stats-interval",
                        "MS",
                        Integer.class,
                        given -> statsMs = given,
                        "Print statistics so often, as libRIST's JSON; 0 prints none. libRIST's tools"
                                + " print them every 1000 ms without this option; here a line of text"
                                + " in 10 s does.")
                .value(
                        "--stats-format",
                        "json|text",
                        StatsFormat.class,
                        given -> statsFormat = given,
                        "How --stats prints: json (libRIST's field names) or text.")
                .value(
                        "-v --verbose-level",
                        "LEVEL",
                        Integer.class,
                        given -> level = given,
                        "-1 nothing, 3 errors, 4 warnings, 5 notices, 6 information (default), 7 debug.")
                .value(
                        "--log-format",
                        "text|json",
                        LogFormat.class,
                        given -> logFormat = given,
                        "How log lines are written: text (time with date and zone, level, message) or"
                                + " json (an object a line).")
                .value(
                        "-r --remote-logging",
                        "HOST:PORT",
                        String.class,
                        given -> remoteLogging = given,
                        "Send every log and statistics line there too, as a UDP datagram.")
                .value(
                        "--wait",
                        "SECONDS",
                        Double.class,
                        given -> waitSeconds = given,
                        "Give up (exit code 3) when no peer came within this time. Default: wait for"
                                + " ever.")
                .value(
                        "--metrics",
                        "[ADDRESS]:PORT",
                        String.class,
                        given -> metrics = given,
                        "Serve metrics for Prometheus at http://ADDRESS:PORT/metrics. Without an"
                                + " address only this host is served.")
                .value(
                        "--metrics-compat",
                        "own|librist",
                        Metrics.class,
                        given -> metricsNames = given,
                        "Whose names --metrics uses: own (default) or librist.")
                .flag("-u --help-url", () -> helpUrl = true, "Explain the parameters of URLs.");
        SharedOptions.quiet(options, () -> quiet = true);
        SharedOptions.network(options, given -> network = given);
    }

    /** Refuses what cannot be, before anything is opened. */
    void check() throws IOException {
        if (statsMs != null && (statsMs < 0 || statsMs > MAX_STATS_MS)) {
            throw new UsageException(
                    "-S, --stats " + statsMs + " ms is outside 0.." + MAX_STATS_MS + " ms");
        }
        if (level == 100) {
            throw new UsageException(
                    "-v, --verbose-level 100 (simulated loss) is not in this version; rist impair"
                            + " loses packets");
        }
        if (level < LogLevel.SILENT || level > LogLevel.DEBUG.number()) {
            throw new UsageException("-v, --verbose-level " + level + " is outside -1..7");
        }
    }

    /** Whether only an explanation was asked for, which this prints. */
    boolean explain(Console console) {
        if (helpUrl) {
            console.out().print(LinkSetup.urlHelp());
        }
        return helpUrl;
    }

    /**
     * Waits for the peer as long as {@code --wait} says, if it does.
     *
     * @param nobody what to say when none came, the beginning of a sentence
     * @return whether there was anything to wait for
     */
    boolean awaitPeer(Lifecycle life, String nobody) throws CommandFailure {
        Double limit = waitSeconds;
        if (limit == null) {
            return false;
        }
        if (!life.awaitPeer(Quantities.seconds("--wait", limit, 0, MAX_WAIT_SECONDS))) {
            throw new CommandFailure(
                    ExitCode.NO_PEER, nobody + " within " + limit + " s" + life.trouble());
        }
        return true;
    }

    /** The number of the least important level that is printed. */
    int mostVerbose() {
        return quiet ? Math.min(level, LogLevel.ERROR.number()) : level;
    }
}
