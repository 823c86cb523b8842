package io.rist4j;

import io.rist4j.RistStatistic.Glance;
import io.rist4j.RistStatistic.Subject;
import io.rist4j.RistStatistic.Unit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The numbers of one kind of snapshot, each in one row: what it is, and where it is read. A row
 * that is added is shown wherever statistics are shown.
 *
 * @param <S> what they are read from, on the network thread
 */
final class StatisticTable<S> {
    private final Subject subject;
    private final List<RistStatistic> statistics = new ArrayList<>();
    private final List<ToLongFunction<S>> readers = new ArrayList<>();
    private final Map<String, RistStatistic> besideLibrist = new LinkedHashMap<>();

    StatisticTable(Subject subject) {
        this.subject = subject;
    }

    /** A number that counts. */
    RistStatistic counter(String name, Unit unit, String help, ToLongFunction<S> reader) {
        return add(subject, name, Map.of(), unit, true, help, reader);
    }

    /** A number of the whole session that counts, one of several of its name. */
    RistStatistic ofSession(
            String name,
            Map<String, String> labels,
            Unit unit,
            String help,
            ToLongFunction<S> reader) {
        return add(Subject.SESSION, name, labels, unit, true, help, reader);
    }

    /** A number that tells how things stand. */
    RistStatistic gauge(String name, Unit unit, String help, ToLongFunction<S> reader) {
        return add(subject, name, Map.of(), unit, false, help, reader);
    }

    /**
     * Has a row told in libRIST's JSON too, behind what libRIST counts.
     *
     * @param name its name there
     */
    RistStatistic besideLibrist(String name, RistStatistic row) {
        besideLibrist.put(name, row);
        return row;
    }

    /**
     * Has a row told in lines that people read at a glance, too.
     *
     * @param word what it is called there
     * @return the row, which takes the place of the former
     */
    RistStatistic told(Glance where, String word, RistStatistic row) {
        RistStatistic told = row.told(where, word);
        statistics.set(place(row), told);
        besideLibrist.replaceAll((name, beside) -> beside == row ? told : beside);
        return told;
    }

    /** Rows that are told there, by name. */
    Map<String, RistStatistic> besideLibrist() {
        return Collections.unmodifiableMap(besideLibrist);
    }

    private RistStatistic add(
            Subject about,
            String name,
            Map<String, String> labels,
            Unit unit,
            boolean counts,
            String help,
            ToLongFunction<S> reader) {
        var row =
                new RistStatistic(
                        statistics.size(),
                        about,
                        name,
                        labels,
                        unit,
                        counts,
                        help,
                        Glance.NEVER,
                        "");
        statistics.add(row);
        readers.add(reader);
        return row;
    }

    List<RistStatistic> statistics() {
        return List.copyOf(statistics);
    }

    /** The place of a row; refuses that of another table. */
    int place(RistStatistic statistic) {
        int at = statistic.index();
        if (at >= statistics.size() || statistics.get(at) != statistic) {
            throw new IllegalArgumentException(statistic + " is no number of a " + subject);
        }
        return at;
    }

    int size() {
        return statistics.size();
    }

    RistStatistic get(int place) {
        return statistics.get(place);
    }

    /** Every number as it is now. */
    Readings read(S source) {
        long[] now = new long[readers.size()];
        for (int i = 0; i < now.length; i++) {
            now[i] = readers.get(i).applyAsLong(source);
        }
        return new Readings(this, now);
    }
}
