package io.rist4j.cli;

import io.rist4j.MainConfig;
import io.rist4j.RistConfig;
import io.rist4j.RistConfigBuilder;
import io.rist4j.RistConfigException;
import io.rist4j.cli.ts.TsGenerator;
import io.rist4j.cli.view.LogFormat;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** A stream survives a bad network, before everybody's eyes. */
@Command(
        name = "demo",
        sortOptions = false,
        customSynopsis = "rist demo [OPTIONS]",
        description = {
            "Sends a generated stream from a real sender through a bad network to a real receiver",
            "on this machine, and compares what went in with what came out."
        },
        footer = {
            "",
            "Exit code: 0 when every byte came out, 4 when not.",
            "",
            "Examples:",
            "  rist demo",
            "  rist demo --loss 30 --delay 60",
            "  rist demo -p main --secret correct-horse-battery",
            "  rist demo --seconds 5 --json --quiet"
        })
final class DemoCommand implements RistCommand {
    private static final int MIN_BUFFER_MS = 50;
    private static final int MAX_BUFFER_MS = 30_000;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long the stream runs. Default: ${DEFAULT-VALUE}.")
    private double seconds = 15;

    @Option(
            names = "--bitrate",
            paramLabel = "BITRATE",
            description = "Of the stream. Default: ${DEFAULT-VALUE}.")
    private String bitrate = "8M";

    @Option(
            names = {"-b", "--buffer"},
            paramLabel = "MS",
            description = "Recovery buffer. Default: ${DEFAULT-VALUE}.")
    private int bufferMs = 1000;

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "0|1",
            description = "RIST profile: 0 is simple (default), 1 is main.")
    private String profile = "simple";

    @Option(
            names = {"-s", "--secret"},
            paramLabel = "SECRET",
            description = "With -p main: encrypt under this secret, AES-256.")
    private @Nullable String secret;

    @Mixin private ImpairmentOptions impairment = new ImpairmentOptions("10", "25", "5");

    private String network = "auto";

    @Option(names = "--json", description = "Print a summary as one line of JSON.")
    private boolean json;

    private boolean quiet;

    @Override
    public CommandSpec commandSpec() {
        CommandSpec spec = RistCommand.super.commandSpec();
        SharedOptions.quiet(Options.of(spec), () -> quiet = true);
        SharedOptions.network(Options.of(spec), given -> network = given);
        return spec;
    }

    private RistConfig profile() {
        RistConfigBuilder<?> settings = SharedOptions.ofProfile(profile);
        if (secret != null) {
            if (!(settings instanceof MainConfig.Builder main)) {
                throw new UsageException(
                        "-s, --secret needs -p main; the simple profile cannot encrypt");
            }
            char[] chars = secret.toCharArray();
            try {
                main.secret(chars);
            } catch (RistConfigException e) {
                throw LinkSetup.named("-s, --secret", e);
            }
            Arrays.fill(chars, '\0');
        }
        return settings.build();
    }

    @Override
    public int run(Console console, StopSignal stop) throws IOException {
        if (bufferMs < MIN_BUFFER_MS || bufferMs > MAX_BUFFER_MS) {
            throw new UsageException(
                    "-b, --buffer "
                            + bufferMs
                            + " ms is outside "
                            + MIN_BUFFER_MS
                            + ".."
                            + MAX_BUFFER_MS
                            + " ms");
        }
        var plan =
                new DemoPlan(
                        Duration.ofNanos(Quantities.seconds("--seconds", seconds, 0.1, 86_400)),
                        Quantities.bitsPerSecond(
                                "--bitrate",
                                bitrate,
                                TsGenerator.MIN_BITS_PER_SECOND,
                                TsGenerator.MAX_BITS_PER_SECOND),
                        Duration.ofMillis(bufferMs),
                        profile(),
                        impairment.there(),
                        impairment.back(),
                        impairment.seed,
                        network);
        var screen =
                new Screen(
                        console.err(),
                        console.interactive() && !quiet,
                        console.columns(),
                        quiet ? LogLevel.ERROR.number() : LogLevel.INFO.number(),
                        LogFormat.text);
        DemoResult result;
        try (screen;
                var run = new DemoRun(plan)) {
            stop.onRaise(run::stop);
            result = run.play(new DemoProgress(screen, plan, run));
            if (!quiet) {
                screen.line(result.sentence());
            }
        }
        if (json) {
            console.out().println(result.json());
        }
        if (stop.isRaised()) {
            return ExitCode.INTERRUPTED;
        }
        return result.isComplete() ? ExitCode.DONE : ExitCode.DATA_LOST;
    }
}
