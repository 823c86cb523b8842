package io.rist4j.core.path;

/**
 * Chooses the paths of originals: shows a policy the table as it stands. Only paths with an index
 * below {@link PathTable#MAX_SENDING_PATHS} are chosen. Not thread-safe; allocation-free.
 */
public final class OriginalPaths {
    private final PathTable table;
    private final PathPolicy policy;
    private final PathStates states;

    /**
     * A choice for all originals of one session.
     *
     * @param table the paths
     * @param policy chooses; not shared with others
     */
    public OriginalPaths(PathTable table, PathPolicy policy) {
        this.table = table;
        this.policy = policy;
        states = new PathStates(table);
    }

    /**
     * Chooses the paths of the next original.
     *
     * @param nowNs session clock
     * @param sequence its number
     * @return a bit mask, bit n for the path with index n; 0 when nobody can be reached
     */
    public long choose(long nowNs, long sequence) {
        table.look(nowNs, states);
        return policy.choose(sequence, states);
    }
}
