package io.rist4j.core.flow;

import java.util.Arrays;

/**
 * Arrays with an element for each path. A flow has one path as a rule and 64 at most, so they begin
 * with one element and grow when a path is first named; what is new is 0.
 */
final class PathArrays {
    private PathArrays() {}

    /** The same array, or a longer one with an element for the path. */
    static long[] reaching(int path, long[] of) {
        return path < of.length ? of : Arrays.copyOf(of, length(path, of.length));
    }

    /** As above. */
    static int[] reaching(int path, int[] of) {
        return path < of.length ? of : Arrays.copyOf(of, length(path, of.length));
    }

    /** As above. */
    static byte[] reaching(int path, byte[] of) {
        return path < of.length ? of : Arrays.copyOf(of, length(path, of.length));
    }

    /** As above. */
    static boolean[] reaching(int path, boolean[] of) {
        return path < of.length ? of : Arrays.copyOf(of, length(path, of.length));
    }

    private static int length(int path, int present) {
        return Math.max(path + 1, 2 * present);
    }
}
