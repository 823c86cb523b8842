package io.rist4j.cli;

import io.rist4j.RistNumbers;
import io.rist4j.RistStatistic;
import io.rist4j.RistStatistic.Glance;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** The numbers of a snapshot that are told at a glance, each behind its word. */
final class Glances {
    /** All of them, those that matter most among them. */
    static List<String> all(RistNumbers numbers) {
        return of(numbers, where -> where != Glance.NEVER, Long::toString);
    }

    /** Those that come first. */
    static List<String> early(RistNumbers numbers, LongFunction<String> format) {
        return of(numbers, where -> where != Glance.NEVER && where != Glance.LATE, format);
    }

    /** Those that come behind, where there is room. */
    static List<String> late(RistNumbers numbers, LongFunction<String> format) {
        return of(numbers, where -> where == Glance.LATE, format);
    }

    private static List<String> of(
            RistNumbers numbers, Predicate<Glance> wanted, LongFunction<String> format) {
        return numbers.statistics().stream()
                .filter(row -> wanted.test(row.glance()) && isTold(row, numbers.value(row)))
                .map(row -> row.word() + " " + format.apply(numbers.value(row)))
                .toList();
    }

    private static boolean isTold(RistStatistic row, long value) {
        return row.glance() != Glance.EARLY_WHEN_ANY || value > 0;
    }

    private Glances() {}
}
