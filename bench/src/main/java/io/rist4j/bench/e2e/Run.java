package io.rist4j.bench.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs one contender once through one cell: starts everything, looks twice while packets flow, ends
 * it, reads the reports.
 */
final class Run {

    private static final int SETTLE_MS = 700;
    private static final int DRAIN_EXTRA_MS = 1_000;
    private static final List<String> LANES =
            List.of("mediaForward", "mediaBack", "controlForward", "controlBack");

    private final Options options;
    private final Cell cell;
    private final Contender contender;
    private final long seed;
    private final Ports ports;
    private final long packets;
    private final int limitSeconds;

    Run(Options options, Cell cell, Contender contender, int repetition) throws IOException {
        this.options = options;
        this.cell = cell;
        this.contender = contender;
        this.seed = options.seed() + repetition;
        this.ports = Ports.from(options.basePort());
        this.packets = options.packets(cell);
        this.limitSeconds = options.warmupSeconds() + options.seconds() + 60;
    }

    Sample measure() throws IOException, InterruptedException {
        try (var stage = new Stage(options.tools())) {
            return measure(stage);
        }
    }

    private Sample measure(Stage stage) throws IOException, InterruptedException {
        Child sink = sink(stage);
        Optional<Child> network = cell.impaired() ? Optional.of(network(stage)) : Optional.empty();
        Child receiver =
                stage.startListening(
                        "receiver", contender.receiverCommand(ports, cell), ports.receiver());
        Child sender =
                stage.startListening("sender", contender.senderCommand(ports, cell), ports.in());
        Thread.sleep(SETTLE_MS);

        Child generator = stage.generator(ports, cell, packets, limitSeconds);
        long startNs = Json.integer(generator.awaitLine(0, Stage.STARTUP_MS), "startNs");
        if (options.floodPerSecond() > 0) {
            flood(stage);
        }
        sleepUntil(startNs + TimeUnit.SECONDS.toNanos(options.warmupSeconds()));
        Look before = Look.take(options, stage, sender, receiver);
        sleepUntil(before.atNs() + TimeUnit.SECONDS.toNanos(options.seconds()));
        Look after = Look.take(options, stage, sender, receiver);

        generator.awaitEnd(TimeUnit.SECONDS.toMillis(limitSeconds));
        Thread.sleep(contender.bufferMs() + 2L * cell.delayMs() + DRAIN_EXTRA_MS);
        Memory memory = Memory.of(sender, receiver);
        sink.close();
        String sinkJson = sink.awaitLine(1, Stage.STARTUP_MS);
        String generatorJson = generator.awaitLine(1, Stage.STARTUP_MS);
        String networkJson = "null";
        if (network.isPresent()) {
            network.get().close();
            networkJson = network.get().awaitLine(1, Stage.STARTUP_MS);
        }
        return sample(before, after, memory, sinkJson, generatorJson, networkJson);
    }

    private Child sink(Stage stage) throws IOException, InterruptedException {
        long perSecond = cell.packetsPerSecond();
        return stage.sink(
                ports.out(),
                packets,
                limitSeconds,
                "--from",
                perSecond * options.warmupSeconds(),
                "--to",
                perSecond * (options.warmupSeconds() + options.seconds()),
                "--tick-us",
                options.sinkTickUs());
    }

    private Child network(Stage stage) throws IOException, InterruptedException {
        Child impair =
                stage.tool(
                        "impair",
                        "--listen",
                        ports.network(),
                        "--to",
                        ports.receiver(),
                        "--delay-us",
                        cell.delayMs() * 1000,
                        "--loss",
                        cell.lossPercent(),
                        "--seed",
                        seed,
                        "--tick-us",
                        options.networkTickUs(),
                        "--limit",
                        limitSeconds);
        impair.awaitLine(0, Stage.STARTUP_MS);
        return impair;
    }

    private void flood(Stage stage) throws IOException {
        stage.tool(
                "flood",
                "--port",
                ports.receiver(),
                "--rate",
                options.floodPerSecond(),
                "--seed",
                seed,
                "--limit",
                options.warmupSeconds() + options.seconds());
    }

    private Sample sample(
            Look before,
            Look after,
            Memory memory,
            String sinkJson,
            String generatorJson,
            String networkJson) {
        double seconds = after.secondsSince(before);
        double offered = seconds * cell.packetsPerSecond();
        Map<String, Double> latencyMs = new LinkedHashMap<>();
        for (String name : List.of("min", "p50", "p90", "p99", "p99_9", "max")) {
            boolean any = Json.integer(sinkJson, "timed") > 0;
            latencyMs.put(
                    name, any ? Json.number(sinkJson, name) - contender.bufferMs() : Double.NaN);
        }
        double traffic = Double.NaN;
        if (cell.impaired()) {
            double sent = Json.number(Json.object(networkJson, "mediaForward"), "arrived");
            traffic = sent / packets / cell.idealTraffic();
        }
        return new Sample(
                Look.perPacket(before.senderNs(), after.senderNs(), offered),
                Look.perPacket(before.receiverNs(), after.receiverNs(), offered),
                packets,
                Json.integer(sinkJson, "lost"),
                Json.integer(sinkJson, "lostBeforeFirst"),
                Json.integer(sinkJson, "lostWithin"),
                Json.integer(sinkJson, "lostAfterLast"),
                Json.integer(sinkJson, "repeated"),
                Json.integer(sinkJson, "backwards"),
                traffic,
                latencyMs,
                memory.senderKb(),
                memory.receiverKb(),
                (after.senderSleeps() - before.senderSleeps()) / seconds,
                (after.receiverSleeps() - before.receiverSleeps()) / seconds,
                memory.socketDrops(),
                after.foreignPercentSince(before),
                Look.busiest(before.senderThreads(), after.senderThreads(), offered),
                Look.busiest(before.receiverThreads(), after.receiverThreads(), offered),
                sinkJson,
                generatorJson,
                networkJson,
                memory.ended(),
                faults(sinkJson, generatorJson, networkJson));
    }

    /** What the harness itself lost makes a run worthless. */
    private List<String> faults(String sinkJson, String generatorJson, String networkJson) {
        var faults = new ArrayList<String>();
        long sent = Json.integer(generatorJson, "sent");
        if (sent != packets) {
            faults.add("generator sent " + sent + " of " + packets);
        }
        long sinkDrops = Json.integer(sinkJson, "kernelDrops");
        if (sinkDrops != 0) {
            faults.add("the sink's socket dropped " + sinkDrops);
        }
        if (cell.impaired()) {
            for (String lane : LANES) {
                String counts = Json.object(networkJson, lane);
                for (String drop : List.of("overflow", "failed", "kernelDrops")) {
                    if (Json.integer(counts, drop) != 0) {
                        faults.add(
                                "network " + lane + " " + drop + " " + Json.integer(counts, drop));
                    }
                }
            }
        }
        return faults;
    }

    /** What is read once at the end of a run, while the contender is still there. */
    private record Memory(long senderKb, long receiverKb, long socketDrops, List<String> ended) {

        static Memory of(Child sender, Child receiver) throws IOException {
            var ended = new ArrayList<String>();
            long drops = 0;
            long[] kb = new long[2];
            Child[] children = {sender, receiver};
            for (int i = 0; i < children.length; i++) {
                if (children[i].isAlive()) {
                    kb[i] = ProcFs.highWaterKb(children[i].pid());
                    drops += ProcFs.socketDrops(children[i].pid());
                } else {
                    ended.add((i == 0 ? "sender" : "receiver") + " ended early");
                }
            }
            return new Memory(kb[0], kb[1], drops, ended);
        }
    }

    /** {@link System#nanoTime} is CLOCK_MONOTONIC here, as the tools' times are. */
    private static void sleepUntil(long ns) throws InterruptedException {
        long waitNs = ns - System.nanoTime();
        if (waitNs > 0) {
            TimeUnit.NANOSECONDS.sleep(waitNs);
        }
    }
}
