package io.rist4j;

import java.util.Locale;

/**
 * The numbers of a snapshot under their names. Counters are seen from the beginning on, or from an
 * earlier snapshot; they keep what they counted from the beginning, so that either can be told from
 * any other. Immutable.
 *
 * @param <K> the names
 */
final class Readings<K extends Enum<K> & Readings.Key> {
    /** The name of a number. */
    interface Key {
        /** Whether it counts; else it tells how things stand. */
        boolean counts();
    }

    private final K[] keys;
    private final long[] totals;
    private final long[] seen;

    private Readings(K[] keys, long[] totals, long[] seen) {
        this.keys = keys;
        this.totals = totals;
        this.seen = seen;
    }

    /** Begins a snapshot; what is not put is 0. */
    static <K extends Enum<K> & Key> Builder<K> of(Class<K> names) {
        return new Builder<>(names.getEnumConstants());
    }

    /** Collects the numbers. */
    static final class Builder<K extends Enum<K> & Key> {
        private final K[] keys;
        private final long[] totals;

        private Builder(K[] keys) {
            this.keys = keys;
            totals = new long[keys.length];
        }

        Builder<K> put(K key, long value) {
            totals[at(key)] = value;
            return this;
        }

        Readings<K> build() {
            long[] taken = totals.clone();
            return new Readings<>(keys, taken, taken);
        }
    }

    long get(K key) {
        return seen[at(key)];
    }

    int getInt(K key) {
        return (int) get(key);
    }

    /** With the counters seen from an earlier snapshot on. */
    Readings<K> since(Readings<K> earlier) {
        long[] since = totals.clone();
        for (K key : keys) {
            if (key.counts()) {
                since[at(key)] -= earlier.totals[at(key)];
            }
        }
        return new Readings<>(keys, totals, since);
    }

    /** Whether these may be later numbers of the same: no counter is lower. */
    boolean continues(Readings<K> earlier) {
        for (K key : keys) {
            if (key.counts() && totals[at(key)] < earlier.totals[at(key)]) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("EnumOrdinal") // names and numbers live and die together, within one process
    private static int at(Enum<?> key) {
        return key.ordinal();
    }

    /** {@code , sentPackets 12} for each number that is not 0. */
    void describe(StringBuilder text) {
        for (K key : keys) {
            if (get(key) != 0) {
                text.append(", ").append(accessor(key)).append(' ').append(get(key));
            }
        }
    }

    /** The method that tells a number: {@code sentPackets} for {@code SENT_PACKETS}. */
    static String accessor(Enum<?> key) {
        var name = new StringBuilder();
        for (String word : key.name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            name.append(
                    name.isEmpty()
                            ? lower
                            : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }
}
