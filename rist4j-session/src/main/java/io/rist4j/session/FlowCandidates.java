package io.rist4j.session;

import io.rist4j.core.time.SessionTime;

import java.util.Arrays;

/**
 * Flows of which one packet came on a path that is not proven: one may be noise, two that agree are
 * not.
 */
final class FlowCandidates {
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final long WITHIN_NS = SessionTime.SECOND;

    private final int[] ids = new int[SLOTS];
    private final int[] rows = new int[SLOTS];
    private final long[] seenNs = new long[SLOTS];

    FlowCandidates() {
        Arrays.fill(seenNs, -WITHIN_NS - 1); // nothing seen, which is of no flow and no path
    }

    /** Notes a packet. Returns whether the same path brought one of the same flow before. */
    boolean isSecond(long nowNs, int flowId, int row) {
        int slot = (flowId * 0x9E37_79B1) >>> (Integer.SIZE - SLOT_BITS);
        boolean isSecond =
                ids[slot] == flowId && rows[slot] == row && nowNs - seenNs[slot] <= WITHIN_NS;
        ids[slot] = flowId;
        rows[slot] = row;
        seenNs[slot] = nowNs;
        return isSecond;
    }
}
