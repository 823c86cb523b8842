package io.rist4j.core.flow;

import java.util.Arrays;

/**
 * The least and the most of a series of values, from any of its places on: whoever reads it
 * remembers a place, and no reader disturbs another.
 *
 * <p>Kept are the values that none of the later ones exceeds, and those that none undercuts: about
 * the logarithm of their number. Where these are more than 32, the one is forgotten that lies
 * between the closest two, so that the answer for some places errs by that little.
 *
 * <p>Not thread-safe; {@link #copy} may be read by any thread. Allocation-free after construction.
 */
public final class Extremes {
    /** How many values of either kind are kept. */
    static final int MOST = 32;

    private final Records most;
    private final Records least;
    private long count;

    /** An empty series. */
    public Extremes() {
        most = new Records(new long[MOST], new long[MOST], 0);
        least = new Records(new long[MOST], new long[MOST], 0);
    }

    private Extremes(Extremes from) {
        most = from.most.copy();
        least = from.least.copy();
        count = from.count;
    }

    /**
     * Appends a value.
     *
     * @param value any
     */
    public void add(long value) {
        most.add(value, count);
        least.add(-value, count);
        count++;
    }

    /** How many values there were: the place of the next one. */
    public long count() {
        return count;
    }

    /**
     * The largest value from a place on.
     *
     * @param place a former {@link #count}; 0 for all values
     * @return 0 when there was none
     */
    public long most(long place) {
        return most.from(place);
    }

    /**
     * The smallest value from a place on.
     *
     * @param place a former {@link #count}; 0 for all values
     * @return 0 when there was none
     */
    public long least(long place) {
        return -least.from(place);
    }

    /** This series as it is now, which nothing is added to any more. */
    public Extremes copy() {
        return new Extremes(this);
    }

    /** Values that are larger than all later ones, in their order: each smaller than the last. */
    private static final class Records {
        private final long[] values;
        private final long[] places;
        private int size;

        Records(long[] values, long[] places, int size) {
            this.values = values;
            this.places = places;
            this.size = size;
        }

        Records copy() {
            return new Records(Arrays.copyOf(values, size), Arrays.copyOf(places, size), size);
        }

        void add(long value, long place) {
            while (size > 0 && values[size - 1] <= value) {
                size--;
            }
            if (size == values.length) {
                forgetOne(value);
            }
            values[size] = value;
            places[size] = place;
            size++;
        }

        /** The one that leaves the smallest gap, but not the first, the largest of all. */
        private void forgetOne(long next) {
            int forgotten = 1;
            long leastGap = Long.MAX_VALUE;
            for (int i = 1; i < size; i++) {
                long gap = values[i - 1] - (i + 1 < size ? values[i + 1] : next);
                if (gap < leastGap) {
                    leastGap = gap;
                    forgotten = i;
                }
            }
            System.arraycopy(values, forgotten + 1, values, forgotten, size - forgotten - 1);
            System.arraycopy(places, forgotten + 1, places, forgotten, size - forgotten - 1);
            size--;
        }

        long from(long place) {
            for (int i = 0; i < size; i++) {
                if (places[i] >= place) {
                    return values[i];
                }
            }
            return 0;
        }
    }
}
