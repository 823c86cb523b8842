package io.rist4j.core.path;

/**
 * The paths that originals may take and how each of them is at one instant, for a {@link
 * PathPolicy} to choose from. Sets of paths are bit masks: bit n is the path with index n. Valid
 * during the call that it is handed to.
 */
public final class PathStates {
    private final PathTable table;

    long alive;
    long reachable;
    long heard;
    long steady;

    PathStates(PathTable table) {
        this.table = table;
    }

    /** Those that are not dead: never heard, or heard within the session timeout. */
    public long alive() {
        return alive;
    }

    /**
     * Those whose peers may still be there: alive, or silent for no longer than the session timeout
     * and a recovery buffer, so that perhaps their return channel broke alone. Not those who said
     * goodbye.
     */
    public long reachable() {
        return reachable;
    }

    /** Those that were heard within the stall time. */
    public long heard() {
        return heard;
    }

    /** Those that were heard within the stall time, and up for as long before. */
    public long steady() {
        return steady;
    }

    /**
     * The configured weight of a path.
     *
     * @param path its index, one of {@link #reachable}
     * @return its share of the originals; 0 for a copy of each
     */
    public int weight(int path) {
        return table.weight(path);
    }

    /**
     * The configured priority of a path.
     *
     * @param path its index, one of {@link #reachable}
     */
    public int priority(int path) {
        return table.priority(path);
    }

    /**
     * The round trips of a path.
     *
     * @param path its index, one of {@link #reachable}
     */
    public RttEstimator rtt(int path) {
        return table.rtt(path);
    }

    /** Those of a set that have weight 0. */
    long unweighted(long paths) {
        long unweighted = 0;
        for (long rest = paths; rest != 0; rest &= rest - 1) {
            unweighted |= weight(Long.numberOfTrailingZeros(rest)) == 0 ? rest & -rest : 0;
        }
        return unweighted;
    }
}
