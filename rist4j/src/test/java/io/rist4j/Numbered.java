package io.rist4j;

/** Readings with chosen numbers; what is not put is 0. */
final class Numbered {
    private final StatisticTable<?> table;
    private final long[] numbers;

    private Numbered(StatisticTable<?> table) {
        this.table = table;
        numbers = new long[table.size()];
    }

    static Numbered of(StatisticTable<?> table) {
        return new Numbered(table);
    }

    Numbered put(RistStatistic statistic, long value) {
        numbers[table.place(statistic)] = value;
        return this;
    }

    Readings build() {
        return new Readings(table, numbers.clone());
    }
}
