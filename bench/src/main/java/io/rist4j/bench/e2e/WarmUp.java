package io.rist4j.bench.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What a contender costs second by second from the first packet on, and how much of it is a JVM's
 * compiling.
 */
final class WarmUp {

    private static final int SETTLE_MS = 700;
    private static final int DRAIN_EXTRA_MS = 1_000;
    private static final int LIMIT_EXTRA_SECONDS = 60;

    private final Options options;
    private final Cell cell;
    private final Contender contender;
    private final Ports ports;
    private final int seconds;

    WarmUp(Options options, Cell cell, Contender contender) throws IOException {
        if (cell.impaired()) {
            throw new IllegalArgumentException("--warm-up measures clean paths only: --loss=0");
        }
        this.options = options;
        this.cell = cell;
        this.contender = contender;
        this.ports = Ports.from(options.basePort());
        this.seconds = options.warmupSeconds() + options.seconds();
    }

    /** A block of lines: CPU by packet of each second. */
    String measure() throws IOException, InterruptedException {
        try (var stage = new Stage(options.tools())) {
            return measure(stage);
        }
    }

    private String measure(Stage stage) throws IOException, InterruptedException {
        long packets = (long) cell.packetsPerSecond() * seconds;
        int limitSeconds = seconds + LIMIT_EXTRA_SECONDS;
        Child sink =
                stage.sink(ports.out(), packets, limitSeconds, "--tick-us", options.sinkTickUs());
        Child receiver =
                stage.startListening(
                        "receiver", contender.receiverCommand(ports, cell), ports.receiver());
        Child sender =
                stage.startListening("sender", contender.senderCommand(ports, cell), ports.in());
        Thread.sleep(SETTLE_MS);
        Child generator = stage.generator(ports, cell, packets, limitSeconds);
        long startNs = Json.integer(generator.awaitLine(0, Stage.STARTUP_MS), "startNs");
        var looks = new ArrayList<Look>();
        for (int i = 0; i <= seconds; i++) {
            TimeUnit.NANOSECONDS.sleep(startNs + TimeUnit.SECONDS.toNanos(i) - System.nanoTime());
            looks.add(Look.take(options, stage, sender, receiver));
        }
        generator.awaitEnd(TimeUnit.SECONDS.toMillis(limitSeconds));
        Thread.sleep(contender.bufferMs() + (long) DRAIN_EXTRA_MS);
        sink.close();
        return table(looks, Json.integer(sink.awaitLine(1, Stage.STARTUP_MS), "lost"));
    }

    private String table(List<Look> looks, long lost) {
        var both = new ArrayList<Double>();
        var compiling = new ArrayList<Double>();
        double senderCompilers = 0;
        double receiverCompilers = 0;
        double foreign = 0;
        for (int i = 1; i < looks.size(); i++) {
            Look before = looks.get(i - 1);
            Look after = looks.get(i);
            double packets = after.secondsSince(before) * cell.packetsPerSecond();
            both.add(
                    (Look.perPacket(before.senderNs(), after.senderNs(), packets)
                                    + Look.perPacket(
                                            before.receiverNs(), after.receiverNs(), packets))
                            / 1000);
            double sender = compilersNs(before.senderThreads(), after.senderThreads());
            double receiver = compilersNs(before.receiverThreads(), after.receiverThreads());
            compiling.add((sender + receiver) / packets / 1000);
            senderCompilers += sender / 1e9;
            receiverCompilers += receiver / 1e9;
            foreign += after.foreignPercentSince(before) / (looks.size() - 1);
        }
        return String.format(
                Locale.ROOT,
                "%s, %s: us per packet in second 1, 2, 3 ...%n  both      %s%n  compiling %s%n"
                        + "  compilers %.2f s sender, %.2f s receiver; lost %d of %d; others %.0f %%%n",
                cell.title(),
                contender.name(),
                row(both),
                row(compiling),
                senderCompilers,
                receiverCompilers,
                lost,
                (long) cell.packetsPerSecond() * seconds,
                foreign);
    }

    private static String row(List<Double> values) {
        return values.stream()
                .map(v -> String.format(Locale.ROOT, "%5.0f", v))
                .collect(Collectors.joining());
    }

    private static double compilersNs(Map<String, Long> before, Map<String, Long> after) {
        return after.entrySet().stream()
                .filter(e -> e.getKey().startsWith("C1 ") || e.getKey().startsWith("C2 "))
                .mapToLong(e -> e.getValue() - before.getOrDefault(e.getKey(), 0L))
                .sum();
    }
}
