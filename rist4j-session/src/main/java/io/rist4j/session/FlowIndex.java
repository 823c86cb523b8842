package io.rist4j.session;

import java.util.Arrays;

/** Which place a flow has, by its id. Open addressing; allocation-free. */
final class FlowIndex {
    private static final int NONE = -1;

    private final int[] ids;
    private final short[] places;
    private final int mask;

    /** For so many flows at most. */
    FlowIndex(int capacity) {
        int slots = 4 * Integer.highestOneBit(capacity);
        ids = new int[slots];
        places = new short[slots];
        Arrays.fill(places, (short) NONE);
        mask = slots - 1;
    }

    /** Where a flow is, or -1. */
    int find(int flowId) {
        for (int at = start(flowId); places[at] != NONE; at = (at + 1) & mask) {
            if (ids[at] == flowId) {
                return places[at];
            }
        }
        return NONE;
    }

    /** Adds a flow that is not in it. */
    void add(int flowId, int place) {
        int at = start(flowId);
        while (places[at] != NONE) {
            at = (at + 1) & mask;
        }
        ids[at] = flowId;
        places[at] = (short) place;
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(places, (short) NONE);
    }

    private int start(int flowId) {
        return ((flowId * 0x9E37_79B1) >>> 16) & mask;
    }
}
