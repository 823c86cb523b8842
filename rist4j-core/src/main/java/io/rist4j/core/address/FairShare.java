package io.rist4j.core.address;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
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
 * <p>Not thread-safe. Allocation-free after construction. Costs time with the square of the places
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

    private void count() {
        if (isCounted) {
            return;
        }
        isCounted = true;
        int places = held[0].length;
        for (int[] counts : held) {
            Arrays.fill(counts, 0);
        }
        for (int place = 0; place < places; place++) {
            Endpoint holder = holders.holder(place);
            for (int other = 0; holder != null && other < places; other++) {
                Endpoint otherHolder = holders.holder(other);
                if (otherHolder == null) {
                    continue;
                }
                int same = common(other, otherHolder, holder, holders.user(place));
                for (int level = 0; level < same; level++) {
                    held[level][place]++;
                }
            }
        }
    }
}
