package io.rist4j.cli;

import io.rist4j.RistConfig;
import io.rist4j.cli.view.LogLevel;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;

/** The options that {@code send} and {@code receive} share, with libRIST's letters. */
final class LinkOptions {
    /** What {@code --stats} prints. */
    enum StatsFormat {
        /** libRIST's JSON. */
        json,
        /** A line for people. */
        text
    }

    private static final int MAX_STATS_MS = 3_600_000;

    @Option(
            names = {"-b", "--buffer"},
            paramLabel = "MS",
            description =
                    "Recovery buffer: how long packets are held so that lost ones can come again."
                            + " Wins over the URLs' own. Default: 1000.")
    int bufferMs;

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "0|1|2",
            description =
                    "RIST profile: 0 is simple, 1 is main (default, as in libRIST). A URL's own"
                            + " profile wins.")
    @Nullable String profile;

    @Mixin SecurityOptions security = new SecurityOptions();

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

    /** Refuses what cannot be, before anything is opened, and reads files of secrets. */
    void check() throws IOException {
        if (bufferMs < 0) {
            throw new UsageException("-b, --buffer " + bufferMs + " ms is negative");
        }
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
        checkProfile();
        security.read();
    }

    private void checkProfile() {
        if (profile == null) {
            return;
        }
        switch (profile) {
            case "0", "simple", "1", "main" -> {}
            case "2", "advanced" ->
                    throw new UsageException(
                            "-p, --profile "
                                    + profile
                                    + " is not in this version; 0 (simple) and 1 (main) are");
            default -> throw new UsageException("-p, --profile " + profile + " is none of 0, 1, 2");
        }
    }

    /** The settings that a session begins with. */
    RistConfig.Builder<?> defaults() {
        return "0".equals(profile) || "simple".equals(profile)
                ? RistConfig.simple()
                : RistConfig.main();
    }

    /** The number of the least important level that is printed. */
    int mostVerbose() {
        return quiet ? Math.min(level, LogLevel.ERROR.number()) : level;
    }
}
