package io.rist4j.core.path;

import java.util.Arrays;

/** Some of a table's paths, by index. Not thread-safe; allocation-free. */
public final class PathSet {
    /** Indexes are below. */
    public static final int MOST_PATHS = 256;

    private final long[] bits = new long[MOST_PATHS / Long.SIZE];
    private int changes;

    /** An empty set. */
    public PathSet() {}

    static PathSet ofAll() {
        var all = new PathSet();
        Arrays.fill(all.bits, -1L);
        return all;
    }

    /**
     * Whether a path is in it.
     *
     * @param path its index, 0..255
     */
    public boolean contains(int path) {
        return (bits[path >> 6] & (1L << path)) != 0;
    }

    /**
     * Puts a path in, or takes it out.
     *
     * @param path its index, 0..255
     * @param in whether it is to be in
     */
    public void set(int path, boolean in) {
        if (contains(path) != in) {
            bits[path >> 6] ^= 1L << path;
            changes++;
        }
    }

    /** How often it changed. */
    int changes() {
        return changes;
    }
}
