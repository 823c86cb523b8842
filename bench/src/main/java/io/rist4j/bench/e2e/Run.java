package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the processes of one run, measures them while packets flow, ends them and reads what the
 * tools report.
 */
final class Run {

    private static final int STARTUP_MS = 15_000;
    private static final int SETTLE_MS = 700;
    private static final int DRAIN_EXTRA_MS = 1_000;
    private static final int THREADS_SHOWN = 6;

    private final Options options;
    private final Cell cell;
    private final Contender contender;
    private final long seed;
    private final Ports ports;
    private final long packets;

    Run(Options options, Cell cell, Contender contender, int repetition) {
        this.options = options;
        this.cell = cell;
        this.contender = contender;
        this.seed = options.seed() + repetition;
        this.ports = Ports.from(options.basePort());
        this.packets = options.packets(cell);
    }

    /** CPU clocks and counters of all processes at one moment. */
    private record Look(
            long atNs,
            List<Long> cpuNs,
            long machineNs,
            long senderSleeps,
            long receiverSleeps,
            Map<String, Long> senderThreads,
            Map<String, Long> receiverThreads) {}

    Sample measure() throws IOException, InterruptedException {
        var running = new ArrayList<Child>();
        try {
            return measure(running);
        } finally {
            for (Child child : running.reversed()) {
                child.close();
            }
        }
    }

    private Sample measure(List<Child> running) throws IOException, InterruptedException {
        int limitSeconds = options.warmupSeconds() + options.seconds() + 60;
        String limit = String.valueOf(limitSeconds);
        long measuredFrom = (long) cell.packetsPerSecond() * options.warmupSeconds();
        long measuredTo =
                (long) cell.packetsPerSecond() * (options.warmupSeconds() + options.seconds());
        Child sink =
                tool(
                        running,
                        "sink",
                        List.of(
                                "--port", String.valueOf(ports.out()),
                                "--count", String.valueOf(packets),
                                "--from", String.valueOf(measuredFrom),
                                "--to", String.valueOf(measuredTo),
                                "--tick-us", String.valueOf(options.sinkTickUs()),
                                "--limit", limit));
        sink.awaitLine(0, STARTUP_MS);
        List<Child> network = new ArrayList<>();
        if (cell.impaired()) {
            Child impair =
                    tool(
                            running,
                            "impair",
                            List.of(
                                    "--listen", String.valueOf(ports.network()),
                                    "--to", String.valueOf(ports.receiver()),
                                    "--delay-us", String.valueOf(cell.delayMs() * 1000),
                                    "--loss", String.valueOf(cell.lossPercent()),
                                    "--seed", String.valueOf(seed),
                                    "--tick-us", String.valueOf(options.networkTickUs()),
                                    "--limit", limit));
            impair.awaitLine(0, STARTUP_MS);
            network.add(impair);
        }
        Child receiver = start(running, "receiver", contender.receiverCommand(ports, cell));
        awaitPort(receiver, ports.receiver());
        Child sender = start(running, "sender", contender.senderCommand(ports, cell));
        awaitPort(sender, ports.in());
        Thread.sleep(SETTLE_MS);

        Child generator =
                tool(
                        running,
                        "generate",
                        List.of(
                                "--port", String.valueOf(ports.in()),
                                "--rate", String.valueOf(cell.packetsPerSecond()),
                                "--count", String.valueOf(packets),
                                "--tick-us", String.valueOf(cell.generatorTickUs()),
                                "--limit", limit));
        long startNs = Json.integer(generator.awaitLine(0, STARTUP_MS), "startNs");
        sleepUntil(startNs + TimeUnit.SECONDS.toNanos(options.warmupSeconds()));
        Look before = look(sender, receiver, running);
        sleepUntil(
                startNs
                        + TimeUnit.SECONDS.toNanos(
                                options.warmupSeconds() + (long) options.seconds()));
        Look after = look(sender, receiver, running);

        generator.awaitEnd(TimeUnit.SECONDS.toMillis(limitSeconds));
        Thread.sleep(contender.bufferMs() + 2L * cell.delayMs() + DRAIN_EXTRA_MS);
        var faults = new ArrayList<String>();
        for (Child child : List.of(sender, receiver)) {
            if (!child.isAlive()) {
                faults.add((child == sender ? "sender" : "receiver") + " ended early");
            }
        }
        long senderKb = sender.isAlive() ? ProcFs.highWaterKb(sender.pid()) : 0;
        long receiverKb = receiver.isAlive() ? ProcFs.highWaterKb(receiver.pid()) : 0;
        long drops =
                (sender.isAlive() ? ProcFs.socketDrops(sender.pid()) : 0)
                        + (receiver.isAlive() ? ProcFs.socketDrops(receiver.pid()) : 0);
        sink.close();
        String sinkJson = sink.awaitLine(1, STARTUP_MS);
        String generatorJson = generator.awaitLine(1, STARTUP_MS);
        String networkJson = "null";
        for (Child impair : network) {
            impair.close();
            networkJson = impair.awaitLine(1, STARTUP_MS);
        }
        check(generatorJson, sinkJson, networkJson, faults);

        double seconds = (after.atNs - before.atNs) / 1e9;
        double offered = seconds * cell.packetsPerSecond();
        long ours = 0;
        for (int i = 0; i < before.cpuNs.size(); i++) {
            ours += Math.max(0, after.cpuNs.get(i) - before.cpuNs.get(i));
        }
        double foreign =
                100.0 * (after.machineNs - before.machineNs - ours) / (after.atNs - before.atNs);
        var latency = new LinkedHashMap<String, Double>();
        for (String name : List.of("min", "p50", "p90", "p99", "p99_9", "max")) {
            latency.put(name, Json.number(sinkJson, name) - contender.bufferMs());
        }
        double traffic =
                cell.impaired()
                        ? Json.number(Json.object(networkJson, "mediaForward"), "arrived")
                                / packets
                                / cell.idealTraffic()
                        : Double.NaN;
        return new Sample(
                perPacket(before.cpuNs.get(0), after.cpuNs.get(0), offered),
                perPacket(before.cpuNs.get(1), after.cpuNs.get(1), offered),
                packets,
                Json.integer(sinkJson, "lost"),
                Json.integer(sinkJson, "lostBeforeFirst"),
                Json.integer(sinkJson, "lostWithin"),
                Json.integer(sinkJson, "lostAfterLast"),
                Json.integer(sinkJson, "repeated"),
                Json.integer(sinkJson, "backwards"),
                traffic,
                latency,
                senderKb,
                receiverKb,
                (after.senderSleeps - before.senderSleeps) / seconds,
                (after.receiverSleeps - before.receiverSleeps) / seconds,
                drops,
                Math.max(0, foreign),
                busiest(before.senderThreads, after.senderThreads, offered),
                busiest(before.receiverThreads, after.receiverThreads, offered),
                sinkJson,
                generatorJson,
                networkJson,
                faults);
    }

    /** What the harness itself lost makes a run worthless. */
    private void check(
            String generatorJson, String sinkJson, String networkJson, List<String> faults) {
        if (Json.integer(generatorJson, "sent") != packets) {
            faults.add("generator sent " + Json.integer(generatorJson, "sent") + " of " + packets);
        }
        if (Json.integer(sinkJson, "kernelDrops") != 0) {
            faults.add("sink's socket dropped " + Json.integer(sinkJson, "kernelDrops"));
        }
        if (!cell.impaired()) {
            return;
        }
        for (String lane : List.of("mediaForward", "mediaBack", "controlForward", "controlBack")) {
            String counts = Json.object(networkJson, lane);
            for (String drop : List.of("overflow", "failed", "kernelDrops")) {
                if (Json.integer(counts, drop) != 0) {
                    faults.add("network " + lane + " " + drop + " " + Json.integer(counts, drop));
                }
            }
        }
    }

    private Look look(Child sender, Child receiver, List<Child> running)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<String>(List.of(options.tools().resolve("cpuclock").toString()));
        command.add(String.valueOf(sender.pid()));
        command.add(String.valueOf(receiver.pid()));
        for (Child child : running) {
            if (child != sender && child != receiver) {
                command.add(String.valueOf(child.pid()));
            }
        }
        command.add(String.valueOf(ProcessHandle.current().pid()));
        var clocks = new ProcessBuilder(command).start();
        String[] words =
                new String(clocks.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                        .trim()
                        .split(" ", -1);
        clocks.waitFor();
        List<Long> cpuNs = Stream.of(words).skip(1).map(Long::valueOf).toList();
        boolean both = sender.isAlive() && receiver.isAlive();
        return new Look(
                Long.parseLong(words[0]),
                cpuNs,
                ProcFs.machineCpuNs(),
                both ? ProcFs.sleeps(sender.pid()) : 0,
                both ? ProcFs.sleeps(receiver.pid()) : 0,
                both ? ProcFs.threadCpuNs(sender.pid()) : Map.of(),
                both ? ProcFs.threadCpuNs(receiver.pid()) : Map.of());
    }

    private static double perPacket(long beforeNs, long afterNs, double offered) {
        return beforeNs < 0 || afterNs < 0 ? Double.NaN : (afterNs - beforeNs) / offered;
    }

    /** The busiest threads and what they used per packet, µs. */
    private static Map<String, Double> busiest(
            Map<String, Long> before, Map<String, Long> after, double offered) {
        var used = new LinkedHashMap<String, Double>();
        after.entrySet().stream()
                .sorted(
                        Comparator.comparingLong(
                                e -> before.getOrDefault(e.getKey(), 0L) - e.getValue()))
                .limit(THREADS_SHOWN)
                .forEach(e ->
                        used.put(
                                e.getKey(),
                                (e.getValue() - before.getOrDefault(e.getKey(), 0L))
                                        / offered
                                        / 1000));
        return used;
    }

    private Child tool(List<Child> running, String name, List<String> arguments)
            throws IOException {
        var command = new ArrayList<String>(List.of(options.tools().resolve(name).toString()));
        command.addAll(arguments);
        return start(running, name, command);
    }

    private Child start(List<Child> running, String name, List<String> command) throws IOException {
        Path folder = options.tools();
        Child child = Child.start(name, folder, command);
        running.add(child);
        return child;
    }

    private static void awaitPort(Child child, int port) throws IOException, InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STARTUP_MS);
        while (!ProcFs.isUdpPortBound(port)) {
            if (!child.isAlive() || System.nanoTime() > untilNs) {
                throw new IllegalStateException(
                        "nothing listens on UDP port " + port + ": " + child.output());
            }
            Thread.sleep(10);
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
