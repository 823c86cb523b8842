package io.rist4j.core.path;

/**
 * Which paths an original takes. Knows weights, not liveness: the table tells which paths may be
 * used. Not thread-safe; implementations allocate nothing per packet.
 *
 * <p>Sets of paths are bit masks: bit n is the path with index n.
 */
public interface PathPolicy {
    /**
     * Chooses for the next original.
     *
     * @param duplicates usable paths of weight 0
     * @param shares usable paths of a weight above 0
     * @return the chosen paths; 0 when there is none to choose from
     */
    long choose(long duplicates, long shares);

    /**
     * A path was added, got a new weight, or was removed.
     *
     * @param path its index, 0..63
     * @param weight its weight; 0 also when it was removed
     */
    void onWeight(int path, int weight);

    /** Sends everything on every usable path, whatever its weight (SMPTE 2022-7). */
    static PathPolicy duplicate() {
        return new PathPolicy() {
            @Override
            public long choose(long duplicates, long shares) {
                return duplicates | shares;
            }

            @Override
            public void onWeight(int path, int weight) {}
        };
    }

    /**
     * Sends a copy on every usable path of weight 0, and shares originals among the others in
     * proportion to their weights. Without a weighted path it duplicates.
     */
    static PathPolicy weighted() {
        return new WeightedShare();
    }
}
