package io.rist4j.session;

import io.rist4j.core.time.SessionTime;

/**
 * Decides when another flow may take the place of the one in use: first source wins, until it is
 * gone.
 *
 * <p>A sender that starts again has a new SSRC. From the same address it may take over once the old
 * flow has stopped and three packets agree; from another address only when the old flow's peer is
 * down, or was never confirmed by a report.
 */
final class FlowTakeover {
    private static final int CONFIRMATIONS = 3;
    private static final long WITHIN_NS = SessionTime.SECOND;

    private int candidate;
    private int seen;
    private long firstSeenNs;
    private long ownMediaNs;

    void onOwnMedia(long nowNs) {
        ownMediaNs = nowNs;
        seen = 0;
    }

    /**
     * Notes a packet of another flow.
     *
     * @param sourceOfOwn whether it comes from the peer of the flow in use
     * @param ownIsGone whether the peer of the flow in use is down or was never confirmed
     * @return whether the newcomer takes over with this packet
     */
    boolean onForeignMedia(long nowNs, int flowId, boolean sourceOfOwn, boolean ownIsGone) {
        if (seen == 0 || candidate != flowId || nowNs - firstSeenNs > WITHIN_NS) {
            candidate = flowId;
            seen = 0;
            firstSeenNs = nowNs;
        }
        seen++;
        return seen >= CONFIRMATIONS && ownMediaNs <= firstSeenNs && (sourceOfOwn || ownIsGone);
    }
}
