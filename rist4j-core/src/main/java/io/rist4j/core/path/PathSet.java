package io.rist4j.core.path;

import java.util.Arrays;

/**
 * Some of a table's paths, by index. Grows with the indexes that are put in. Not thread-safe;
 * allocation-free once grown.
 */
public final class PathSet {
    private final boolean hasAll;
    private long[] bits = new long[1];
    private int changes;

    /** An empty set. */
    public PathSet() {
        this(false);
    }

    private PathSet(boolean hasAll) {
        this.hasAll = hasAll;
    }

    /** Every path, whatever its index; stays so. */
    static PathSet ofAll() {
        return new PathSet(true);
    }

    /**
     * Whether a path is in it.
     *
     * @param path its index, 0 or more
     */
    public boolean contains(int path) {
        int word = path / Long.SIZE;
        return hasAll || (word < bits.length && (bits[word] & (1L << path)) != 0);
    }

    /**
     * Puts a path in, or takes it out.
     *
     * @param path its index, below {@link PathTable#MAX_PATHS}
     * @param in whether it is to be in
     */
    public void set(int path, boolean in) {
        if (contains(path) == in) {
            return;
        }
        int word = path / Long.SIZE;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, Math.max(word + 1, 2 * bits.length));
        }
        bits[word] ^= 1L << path;
        changes++;
    }

    /** How often it changed. */
    int changes() {
        return changes;
    }
}
