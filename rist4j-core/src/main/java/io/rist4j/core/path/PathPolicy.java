package io.rist4j.core.path;

/**
 * Which paths an original takes. Sees what may be used and how it is, and keeps what it needs to
 * know of its earlier choices. Not thread-safe; implementations allocate nothing per packet.
 */
@FunctionalInterface
public interface PathPolicy {
    /**
     * Chooses for the next original.
     *
     * @param sequence its number
     * @param paths what there is to choose from
     * @return the chosen paths as a bit mask, some of {@link PathStates#reachable}; 0 when there is
     *     none to choose
     */
    long choose(long sequence, PathStates paths);

    /**
     * Sends everything on every path whose peer may be there, whatever its weight (SMPTE 2022-7).
     */
    static PathPolicy duplicate() {
        return (sequence, paths) -> paths.reachable();
    }

    /**
     * Sends a copy on every path of weight 0 whose peer may be there, and shares originals among
     * the live others in proportion to their weights. Without a weighted path it duplicates.
     */
    static PathPolicy weighted() {
        return new WeightedShare();
    }
}
