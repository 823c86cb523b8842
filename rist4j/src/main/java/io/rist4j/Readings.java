package io.rist4j;

import java.util.List;

/**
 * The numbers of a snapshot by the rows of their table. Counters are seen from the beginning on, or
 * from an earlier snapshot; they keep what they counted from the beginning, so that either can be
 * told from any other. Immutable.
 */
final class Readings {
    private final StatisticTable<?> table;
    private final long[] totals;
    private final long[] seen;

    /** What a table read. */
    Readings(StatisticTable<?> table, long[] totals) {
        this(table, totals, totals);
    }

    private Readings(StatisticTable<?> table, long[] totals, long[] seen) {
        this.table = table;
        this.totals = totals;
        this.seen = seen;
    }

    List<RistStatistic> statistics() {
        return table.statistics();
    }

    long get(RistStatistic statistic) {
        return seen[table.place(statistic)];
    }

    int getInt(RistStatistic statistic) {
        return (int) get(statistic);
    }

    /** With the counters seen from an earlier snapshot on. */
    Readings since(Readings earlier) {
        long[] since = totals.clone();
        for (int i = 0; i < since.length; i++) {
            if (table.get(i).isCounter()) {
                since[i] -= earlier.totals[i];
            }
        }
        return new Readings(table, totals, since);
    }

    /** Whether these may be later numbers of the same: no counter is lower. */
    boolean continues(Readings earlier) {
        for (int i = 0; i < totals.length; i++) {
            if (table.get(i).isCounter() && totals[i] < earlier.totals[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@code , sentPackets 12} for each number that is not 0. */
    void describe(StringBuilder text) {
        for (int i = 0; i < seen.length; i++) {
            RistStatistic row = table.get(i);
            if (seen[i] != 0 && row.unit() != RistStatistic.Unit.YES_OR_NO) {
                text.append(", ").append(row.accessor());
                row.labels().values().forEach(label -> text.append('(').append(label).append(')'));
                text.append(' ').append(seen[i]);
            }
        }
    }
}
