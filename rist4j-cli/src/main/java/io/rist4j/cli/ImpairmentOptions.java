package io.rist4j.cli;

import io.rist4j.testkit.link.LinkConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * What a bad network does. Every option takes one value for both directions, or two separated by a
 * comma: from the dialling peer to the target, and back.
 */
final class ImpairmentOptions {
    private static final long MAX_MS = 60_000;
    private static final long MAX_BITS_PER_SECOND = 1_000_000_000_000L;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            description =
                    "Packets lost, for example 10 or 0.5. Two values: there,back. Default:"
                            + " ${DEFAULT-VALUE}.")
    String loss;

    @Option(
            names = "--burst",
            paramLabel = "PACKETS",
            description = "Lose packets in bursts of this mean length. Default: 1, independently.")
    @Nullable String burst;

    @Option(
            names = "--delay",
            paramLabel = "MS",
            description = "One-way delay in each direction. Default: ${DEFAULT-VALUE}.")
    String delay;

    @Option(
            names = "--jitter",
            paramLabel = "MS",
            description =
                    "Up to so much more delay, drawn for each packet; order is kept. Default:"
                            + " ${DEFAULT-VALUE}.")
    String jitter;

    @Option(
            names = "--reorder",
            paramLabel = "PERCENT",
            description = "Packets held back so that others overtake them.")
    @Nullable String reorder;

    @Option(
            names = "--reorder-by",
            paramLabel = "MS",
            description = "How long they are held back. Default: 10.")
    @Nullable String reorderBy;

    @Option(
            names = "--duplicate",
            paramLabel = "PERCENT",
            description = "Packets that arrive twice.")
    @Nullable String duplicate;

    @Option(
            names = "--rate",
            paramLabel = "BITRATE",
            description =
                    "Bandwidth of the link, for example 20M; 100 ms of packets queue, then drop.")
    @Nullable String rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats the same decisions. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    ImpairmentOptions(String loss, String delay, String jitter) {
        this.loss = loss;
        this.delay = delay;
        this.jitter = jitter;
    }

    /** What happens to packets from the dialling peer to the target. */
    LinkConfig there() {
        return link(0);
    }

    /** What happens to packets from the target back. */
    LinkConfig back() {
        return link(1);
    }

    private LinkConfig link(int way) {
        LinkConfig link = LinkConfig.clean();
        double share = Quantities.share("--loss", pick("--loss", loss, way, "0"));
        double packets = number("--burst", pick("--burst", burst, way, "1"));
        long held =
                Quantities.milliseconds(
                        "--reorder-by", pick("--reorder-by", reorderBy, way, "10"), MAX_MS);
        String limit = pick("--rate", rate, way, "0");
        try {
            return link.burstLoss(share, packets)
                    .delay(ms("--delay", delay, way))
                    .jitter(ms("--jitter", jitter, way))
                    .duplication(
                            Quantities.share(
                                    "--duplicate", pick("--duplicate", duplicate, way, "0")))
                    .reordering(
                            Quantities.share("--reorder", pick("--reorder", reorder, way, "0")),
                            Duration.ofNanos(held))
                    .rate(
                            limit.equals("0")
                                    ? 0
                                    : Quantities.bitsPerSecond(
                                            "--rate", limit, 1000, MAX_BITS_PER_SECOND),
                            Duration.ofMillis(100));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Duration ms(String option, @Nullable String text, int way) {
        return Duration.ofNanos(
                Quantities.milliseconds(option, pick(option, text, way, "0"), MAX_MS));
    }

    private static double number(String option, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageException(option + " " + text + " is not a number");
        }
    }

    private static String pick(String option, @Nullable String text, int way, String otherwise) {
        if (text == null) {
            return otherwise;
        }
        String[] values = text.split(",", -1);
        if (values.length > 2) {
            throw new UsageException(option + " " + text + " has more than two values");
        }
        return values[Math.min(way, values.length - 1)].strip();
    }
}
