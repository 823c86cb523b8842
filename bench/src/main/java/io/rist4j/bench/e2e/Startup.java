package io.rist4j.bench.e2e;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long a contender's commands take from their start to their first packet, while the stream is
 * already running.
 */
final class Startup {

    private static final Cell CELL = new Cell(1000, 0, 0);
    private static final int RUN_MS = 4_000;
    private static final int LIMIT_SECONDS = 30;

    private final Options options;
    private final Contender contender;
    private final Ports ports;

    Startup(Options options, Contender contender) throws IOException {
        this.options = options;
        this.contender = contender;
        this.ports = Ports.from(options.basePort());
    }

    /** One line with the median of as many starts as the options ask for. */
    String measure() throws IOException, InterruptedException {
        double[] sender = new double[options.repetitions()];
        double[] receiver = new double[options.repetitions()];
        for (int i = 0; i < sender.length; i++) {
            sender[i] = senderMs();
            receiver[i] = receiverMs();
        }
        Arrays.sort(sender);
        Arrays.sort(receiver);
        return String.format(
                Locale.ROOT,
                "%-16s sender %.0f ms (to its first media packet), receiver %.0f ms (to its first packet out, less the buffer)",
                contender.name(),
                sender[sender.length / 2],
                receiver[receiver.length / 2]);
    }

    /** The sink stands where the receiver would. */
    private double senderMs() throws IOException, InterruptedException {
        try (var stage = new Stage(options.tools())) {
            Child sink = sink(stage, ports.receiver());
            generator(stage);
            long startNs = System.nanoTime();
            stage.start("sender", contender.senderCommand(ports, CELL));
            return firstMs(sink, startNs);
        }
    }

    private double receiverMs() throws IOException, InterruptedException {
        try (var stage = new Stage(options.tools())) {
            Child sink = sink(stage, ports.out());
            stage.startListening("sender", contender.senderCommand(ports, CELL), ports.in());
            generator(stage);
            Thread.sleep(RUN_MS / 4);
            long startNs = System.nanoTime();
            stage.start("receiver", contender.receiverCommand(ports, CELL));
            return firstMs(sink, startNs) - contender.bufferMs();
        }
    }

    private Child sink(Stage stage, int port) throws IOException, InterruptedException {
        return stage.sink(port, 1_000_000, LIMIT_SECONDS);
    }

    private void generator(Stage stage) throws IOException, InterruptedException {
        stage.generator(ports, CELL, (long) CELL.packetsPerSecond() * LIMIT_SECONDS, LIMIT_SECONDS)
                .awaitLine(0, Stage.STARTUP_MS);
    }

    private static double firstMs(Child sink, long startNs) throws InterruptedException {
        Thread.sleep(RUN_MS);
        sink.close();
        long firstNs = Json.integer(sink.awaitLine(1, Stage.STARTUP_MS), "firstAnyNs");
        return firstNs == 0 ? Double.NaN : (firstNs - startNs) / 1e6;
    }
}
