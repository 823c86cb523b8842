package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU clocks and counters of a run's processes at one moment.
 *
 * @param atNs CLOCK_MONOTONIC
 * @param senderNs CPU clock of the sender, -1 when it has ended
 * @param receiverNs CPU clock of the receiver, -1 when it has ended
 * @param harnessNs CPU clocks of all else that belongs to the run
 * @param machineNs CPU time of the whole machine
 */
record Look(
        long atNs,
        long senderNs,
        long receiverNs,
        long harnessNs,
        long machineNs,
        long senderSleeps,
        long receiverSleeps,
        Map<String, Long> senderThreads,
        Map<String, Long> receiverThreads) {

    private static final int THREADS_SHOWN = 6;

    static Look take(Options options, Stage stage, Child sender, Child receiver)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(options.tools().resolve("cpuclock").toString());
        command.add(String.valueOf(sender.pid()));
        command.add(String.valueOf(receiver.pid()));
        for (Child child : stage.children()) {
            if (child != sender && child != receiver) {
                command.add(String.valueOf(child.pid()));
            }
        }
        command.add(String.valueOf(ProcessHandle.current().pid()));
        Process clocks = new ProcessBuilder(command).start();
        String line = new String(clocks.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        clocks.waitFor();
        List<Long> ns = Stream.of(line.trim().split(" ", -1)).map(Long::valueOf).toList();
        return new Look(
                ns.get(0),
                ns.get(1),
                ns.get(2),
                ns.stream().skip(3).mapToLong(n -> Math.max(0, n)).sum(),
                ProcFs.machineCpuNs(),
                sender.isAlive() ? ProcFs.sleeps(sender.pid()) : 0,
                receiver.isAlive() ? ProcFs.sleeps(receiver.pid()) : 0,
                sender.isAlive() ? ProcFs.threadCpuNs(sender.pid()) : Map.of(),
                receiver.isAlive() ? ProcFs.threadCpuNs(receiver.pid()) : Map.of());
    }

    double secondsSince(Look before) {
        return (atNs - before.atNs) / 1e9;
    }

    /** What processes outside of the run have used since, percent of one core. */
    double foreignPercentSince(Look before) {
        long own =
                (senderNs - before.senderNs)
                        + (receiverNs - before.receiverNs)
                        + (harnessNs - before.harnessNs);
        return Math.max(0, 100.0 * (machineNs - before.machineNs - own) / (atNs - before.atNs));
    }

    /** CPU by packet, ns; NaN when the process has ended. */
    static double perPacket(long beforeNs, long afterNs, double packets) {
        return beforeNs < 0 || afterNs < 0 ? Double.NaN : (afterNs - beforeNs) / packets;
    }

    /** The busiest threads and what they used by packet, µs. */
    static Map<String, Double> busiest(
            Map<String, Long> before, Map<String, Long> after, double packets) {
        var used = new LinkedHashMap<String, Double>();
        after.entrySet().stream()
                .sorted(
                        Comparator.comparingLong(
                                e -> before.getOrDefault(e.getKey(), 0L) - e.getValue()))
                .limit(THREADS_SHOWN)
                .forEach(e -> {
                    long ns = e.getValue() - before.getOrDefault(e.getKey(), 0L);
                    used.put(e.getKey(), ns / packets / 1000);
                });
        return used;
    }
}
