package io.rist4j.bench.e2e;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * All runs of one contender in one cell. Costs and latencies are medians, losses are shown run by
 * run.
 */
record Summary(Cell cell, Contender contender, List<Sample> samples) {

    Summary {
        samples = List.copyOf(samples);
    }

    double median(ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    double latencyMs(String percentile) {
        return median(s -> s.latencyMs().getOrDefault(percentile, Double.NaN));
    }

    /** "0 0 2": one number for each run. */
    String each(ToDoubleFunction<Sample> value) {
        return samples.stream()
                .map(s -> String.valueOf((long) value.applyAsDouble(s)))
                .collect(Collectors.joining(" "));
    }

    List<String> ended() {
        return samples.stream().flatMap(s -> s.ended().stream()).distinct().toList();
    }

    List<String> faults() {
        return samples.stream().flatMap(s -> s.faults().stream()).distinct().toList();
    }
}
