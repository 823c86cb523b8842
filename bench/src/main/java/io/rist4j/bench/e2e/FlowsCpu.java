package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time of some processes at a moment, without the threads that only measure.
 *
 * @param atNs CLOCK_MONOTONIC
 * @param ns of all processes together
 * @param compilersNs part of it that is a JVM's compiling
 */
record FlowsCpu(long atNs, long ns, long compilersNs) {

    static FlowsCpu of(Options options, List<Child> children)
            throws IOException, InterruptedException {
        long besides = 0;
        long compilers = 0;
        var command = new ArrayList<String>();
        command.add(options.tools().resolve("cpuclock").toString());
        for (Child child : children) {
            command.add(String.valueOf(child.pid()));
            besides += sum(child, "bench-");
            compilers += sum(child, "C1 ") + sum(child, "C2 ");
        }
        Process clocks = new ProcessBuilder(command).start();
        String line = new String(clocks.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        clocks.waitFor();
        List<Long> ns = Stream.of(line.trim().split(" ", -1)).map(Long::valueOf).toList();
        long all = ns.stream().skip(1).mapToLong(n -> n).sum();
        return new FlowsCpu(ns.get(0), all - besides, compilers);
    }

    private static long sum(Child child, String prefix) throws IOException {
        return ProcFs.threadCpuNs(child.pid()).entrySet().stream()
                .filter(thread -> thread.getKey().startsWith(prefix))
                .mapToLong(thread -> thread.getValue())
                .sum();
    }

    double secondsSince(FlowsCpu before) {
        return (atNs - before.atNs) / 1e9;
    }

    /** CPU time since, ms. */
    double msSince(FlowsCpu before) {
        return (ns - before.ns) / 1e6;
    }

    /** Percent of it that was compiling. */
    double compilersPercentSince(FlowsCpu before) {
        return 100.0 * (compilersNs - before.compilersNs) / Math.max(1, ns - before.ns);
    }
}
