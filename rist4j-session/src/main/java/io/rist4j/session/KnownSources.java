package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Whose a datagram is, by where its like came from before: a table of {@link #WAYS} places for each
 * hash, within which the latest found comes first. A path is believed only while it says itself
 * that the source is its own, so nothing needs to be told here when peers move.
 *
 * <p>The hash has a seed that nobody outside can know, and looks at so many places and no more:
 * addresses that were chosen to meet would be searched for as if there were no table. Not
 * thread-safe. Allocation-free.
 */
final class KnownSources {
    /** Places of one hash. */
    static final int WAYS = 4;

    private final long seed;
    private final int sets;
    private final @Nullable Path[] places;

    /**
     * An empty table.
     *
     * @param paths as many as there may be
     * @param seed something that nobody can guess
     */
    KnownSources(int paths, long seed) {
        this.seed = seed;
        sets = Integer.highestOneBit(Math.max(1, paths - 1)); // half of the places or more are free
        places = new Path[sets * WAYS];
    }

    /** The path of a source, or null when it is not known here. */
    @Nullable Path find(int socket, Endpoint from) {
        int first = first(socket, from);
        for (int i = first; i < first + WAYS; i++) {
            Path path = places[i];
            if (path != null && path.isFrom(socket, from)) {
                return path;
            }
        }
        return null;
    }

    /** The source was found to be a path's; the one that was put longest ago makes way. */
    void put(Path path, int socket, Endpoint from) {
        int first = first(socket, from);
        System.arraycopy(places, first, places, first + 1, WAYS - 1);
        places[first] = path;
    }

    /** A path is gone. */
    void forget(Path gone) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == gone) {
                places[i] = null;
            }
        }
    }

    private int first(int socket, Endpoint from) {
        long address = mixed(from.low() ^ seed) + from.high();
        long whole = mixed(address ^ seed) + ((long) from.scope() << 32) + from.port();
        long hash = mixed(whole + ((long) socket << 16));
        return ((int) hash & (sets - 1)) * WAYS;
    }

    /** Each bit of the result depends on each of the argument's. */
    private static long mixed(long bits) {
        long once = (bits ^ (bits >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        long twice = (once ^ (once >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return twice ^ (twice >>> 33);
    }
}
