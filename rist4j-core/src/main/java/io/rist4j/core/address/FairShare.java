package io.rist4j.core.address;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * Says whose place makes way when all are taken: one of whoever holds the most, if a newcomer would
 * still hold fewer. So nobody keeps others out by taking every place, and nobody loses one to
 * somebody who has as many.
 *
 * <p>Shares are of users first, then of a user's networks ({@link Endpoint#network}), of a
 * network's addresses, and of an address's ports: newcomer and holder are compared where they first
 * differ. Without authentication all are one user. Of a holder's places the one taken last goes.
 *
 * <p>Not thread-safe. Allocation-free after construction. Costs the time of sorting the places
 * after a change, otherwise with their number.
 */
public final class FairShare {
    private static final int LEVELS = 4;

    /** Who holds what. */
    public interface Holders {
        /**
         * Where the holder of a place is.
         *
         * @param place its index
         * @return null when nobody holds it, or he is not to lose it
         */
        @Nullable Endpoint holder(int place);

        /**
         * The user that a holder proved to be.
         *
         * @param place its index
         * @return empty without authentication
         */
        String user(int place);

        /**
         * The order in which places were taken.
         *
         * @param place its index
         * @return larger than of all that were taken before
         */
        long order(int place);
    }

    private final Holders holders;

    /** How many places each place's holder has, at each level. */
    private final int[][] held;

    /** Places that are held, by their holders; and where they are merged to. */
    private final int[] sorted;

    private final int[] merged;

    private final int[] own = new int[LEVELS];
    private boolean isCounted;

    /**
     * The shares of so many places.
     *
     * @param places how many there are, 1 or more
     * @param holders who holds them
     */
    public FairShare(int places, Holders holders) {
        this.holders = holders;
        held = new int[LEVELS][places];
        sorted = new int[places];
        merged = new int[places];
    }

    /** Somebody took or left a place. */
    public void onChanged() {
        isCounted = false;
    }

    /**
     * The place that makes way.
     *
     * @param newcomer who wants one
     * @param user the user that he proved to be, empty without authentication
     * @return its index, or -1 when nobody holds so many that one is to go
     */
    public int giving(Endpoint newcomer, String user) {
        count();
        int places = held[0].length;
        Arrays.fill(own, 0);
        for (int place = 0; place < places; place++) {
            Endpoint holder = holders.holder(place);
            int same = holder == null ? 0 : common(place, holder, newcomer, user);
            for (int level = 0; level < same; level++) {
                own[level]++;
            }
        }
        int giving = -1;
        for (int place = 0; place < places; place++) {
            Endpoint holder = holders.holder(place);
            int level = holder == null ? LEVELS : common(place, holder, newcomer, user);
            if (level < LEVELS
                    && held[level][place] > own[level] + 1
                    && (giving < 0 || holdsMore(place, giving))) {
                giving = place;
            }
        }
        return giving;
    }

    /**
     * The place of whoever holds the most, among some.
     *
     * @param among says which places may be named
     * @return its index, or -1 when there is none among them
     */
    public int largest(IntPredicate among) {
        count();
        int largest = -1;
        for (int place = 0; place < held[0].length; place++) {
            if (holders.holder(place) != null
                    && among.test(place)
                    && (largest < 0 || holdsMore(place, largest))) {
                largest = place;
            }
        }
        return largest;
    }

    /** How many levels a holder has in common with somebody. */
    private int common(int place, Endpoint holder, Endpoint other, String user) {
        if (!holders.user(place).equals(user)) {
            return 0;
        }
        if (holder.network() != other.network()) {
            return 1;
        }
        if (!holder.hasAddressOf(other)) {
            return 2;
        }
        return holder.equals(other) ? LEVELS : 3;
    }

    private boolean holdsMore(int place, int than) {
        for (int level = 0; level < LEVELS; level++) {
            if (held[level][place] != held[level][than]) {
                return held[level][place] > held[level][than];
            }
        }
        return holders.order(place) > holders.order(than);
    }

    /** Sorted, holders that have something in common lie beside each other. */
    private void count() {
        if (isCounted) {
            return;
        }
        isCounted = true;
        int count = 0;
        for (int place = 0; place < sorted.length; place++) {
            if (holders.holder(place) != null) {
                sorted[count++] = place;
            }
        }
        sort(count);
        for (int level = 0; level < LEVELS; level++) {
            countLevel(level, count);
        }
    }

    private void countLevel(int level, int count) {
        int begin = 0;
        for (int i = 1; i <= count; i++) {
            if (i < count && commonLevels(sorted[i - 1], sorted[i]) > level) {
                continue;
            }
            for (int j = begin; j < i; j++) {
                held[level][sorted[j]] = i - begin;
            }
            begin = i;
        }
    }

    /** By merging runs: as long as it takes at worst, for others choose what is sorted. */
    private void sort(int count) {
        for (int run = 1; run < count; run *= 2) {
            for (int from = 0; from < count; from += 2 * run) {
                merge(from, Math.min(from + run, count), Math.min(from + 2 * run, count));
            }
            System.arraycopy(merged, 0, sorted, 0, count);
        }
    }

    private void merge(int from, int middle, int end) {
        int left = from;
        int right = middle;
        for (int to = from; to < end; to++) {
            boolean takesLeft =
                    right == end || (left < middle && compare(sorted[left], sorted[right]) <= 0);
            merged[to] = takesLeft ? sorted[left++] : sorted[right++];
        }
    }

    private int compare(int place, int other) {
        int byUser = holders.user(place).compareTo(holders.user(other));
        return byUser != 0 ? byUser : compare(holder(place), holder(other));
    }

    private static int compare(Endpoint holder, Endpoint other) {
        int order = Long.compare(holder.network(), other.network());
        order = order != 0 ? order : Long.compare(holder.high(), other.high());
        order = order != 0 ? order : Long.compare(holder.low(), other.low());
        order = order != 0 ? order : Integer.compare(holder.scope(), other.scope());
        return order != 0 ? order : Integer.compare(holder.port(), other.port());
    }

    private Endpoint holder(int place) {
        return Objects.requireNonNull(holders.holder(place));
    }

    private int commonLevels(int place, int other) {
        return common(place, holder(place), holder(other), holders.user(other));
    }
}
