package io.rist4j.cli;

import io.rist4j.cli.view.LogLevel;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

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

    private static final int MAX_STATS_MS = 3_600_000;

    @Option(
            names = {"-S", "--stats", "--statsinterval", "--stats-interval"},
            paramLabel = "MS",
            description = "Print statistics so often, as libRIST's JSON; 0 prints none.")
    @Nullable Integer statsMs;

    @Option(
            names = "--stats-format",
            paramLabel = "json|text",
            description = "How --stats prints: json (libRIST's field names) or text.")
    @Nullable StatsFormat statsFormat;

    @Option(
            names = {"-v", "--verbose-level"},
            paramLabel = "LEVEL",
            description =
                    "-1 nothing, 3 errors, 4 warnings, 5 notices, 6 information (default), 7 debug.")
    int level = LogLevel.INFO.number();

    @Option(
            names = {"-q", "--quiet"},
            description = "Only errors: like -v 3, and no live view.")
    boolean quiet;

    @Option(
            names = {"-r", "--remote-logging"},
            paramLabel = "HOST:PORT",
            description = "Send every log and statistics line there too, as a UDP datagram.")
    @Nullable String remoteLogging;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description =
                    "Give up (exit code 3) when no peer came within this time. Default: wait for"
                            + " ever.")
    @Nullable Double waitSeconds;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description =
                    "How sockets are used: auto (default), linux (segmentation offload) or nio.")
    String network = "auto";

    @Option(
            names = {"-u", "--help-url"},
            description = "Explain the parameters of URLs.")
    boolean helpUrl;

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

    /** The number of the least important level that is printed. */
    int mostVerbose() {
        return quiet ? Math.min(level, LogLevel.ERROR.number()) : level;
    }
}
