package io.rist4j.cli;

import io.rist4j.RistConfig;
import io.rist4j.RistConfigBuilder;

import java.util.function.Consumer;

/**
 * The options that commands of different kinds have: each is declared here, once, so that it has
 * the same names, takes the same values and is explained in the same words wherever it is. What all
 * commands that run a session have is in {@link RunOptions}, what {@code send} and {@code receive}
 * have besides in {@link LinkOptions}, what protects in {@link SecurityOptions}.
 */
final class SharedOptions {
    /** The names of where a stream comes from; rist2rist, and with it the relay, has others. */
    static final String INPUT = "-i --inputurl --input";

    /** The names of where a stream goes to. */
    static final String OUTPUT = "-o --outputurl --output";

    private SharedOptions() {}

    /**
     * {@code -b}.
     *
     * @param wins whether it or a URL does, a sentence
     */
    static void buffer(Options to, Consumer<Integer> set, String wins) {
        to.value(
                "-b --buffer",
                "MS",
                Integer.class,
                set,
                "Recovery buffer: how long packets are held so that lost ones can come again. "
                        + wins
                        + " Default: 1000.");
    }

    /** Refuses what no buffer can be. */
    static void checkBuffer(int ms) {
        if (ms < 0) {
            throw new UsageException("-b, --buffer " + ms + " ms is outside 50 ms..30 s");
        }
    }

    /** What {@code -p} asks for: settings of that profile. */
    static RistConfigBuilder<?> ofProfile(String profile) {
        return switch (profile) {
            case "0", "simple" -> RistConfig.simple();
            case "1", "main" -> RistConfig.main();
            case "2", "advanced" ->
                    throw new UsageException(
                            "-p, --profile "
                                    + profile
                                    + " is not in this version; 0 (simple) and 1 (main) are");
            default -> throw new UsageException("-p, --profile " + profile + " is none of 0, 1, 2");
        };
    }

    /** {@code -x}. */
    static void endWithSender(Options to, Runnable set) {
        to.flag(
                "-x --session-timeout-exit",
                set,
                "End when the sender leaves or falls silent, instead of waiting for it.");
    }

    /** {@code --network}. */
    static void network(Options to, Consumer<String> set) {
        to.value(
                "--network",
                "NAME",
                String.class,
                set,
                "How sockets are used: auto (default), linux (segmentation offload) or nio.");
    }

    /** {@code -q}. */
    static void quiet(Options to, Runnable set) {
        to.flag("-q --quiet", set, "Only errors: like -v 3, and no live view.");
    }
}
