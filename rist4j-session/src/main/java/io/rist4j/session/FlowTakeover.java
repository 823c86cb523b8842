package io.rist4j.session;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/**
 * Decides when another flow may take the place of the one in use: first source wins, until it is
 * gone.
 *
 * <p>A sender that starts again has a new SSRC. It takes over once the old flow has brought nothing
 * for {@value #QUIET_MS} ms, three packets agree, and it has a claim: it comes from the same
 * address, or the old flow's path is down (a goodbye takes it down only after silence bore it out,
 * see {@link FarewellPart}), or it has shown that it is where it says and the old one has not.
 * Whatever else anybody says displaces nothing that lives.
 */
final class FlowTakeover {
    private static final int CONFIRMATIONS = 3;
    private static final long WITHIN_NS = SessionTime.SECOND;
    private static final long QUIET_MS = 250;

    private int candidate;
    private int seen;
    private long firstSeenNs;
    private long ownMediaNs;

    void onOwnMedia(long nowNs) {
        ownMediaNs = nowNs;
        seen = 0;
    }

    /**
     * Whether the source of another flow may follow the flow in use at all.
     *
     * @param own the path that brought the flow in use last, or null when it is gone
     * @param ownIsAlive whether that path is up, its peer neither silent for the session timeout
     *     nor gone
     * @param other the path that brings the other flow
     */
    static boolean hasClaim(@Nullable Path own, boolean ownIsAlive, Path other) {
        return own == null || own == other || !ownIsAlive || (!own.isProven() && other.isProven());
    }

    /**
     * Notes a packet of another flow.
     *
     * @param hasClaim as {@link #hasClaim} says
     * @return whether the newcomer takes over with this packet
     */
    boolean onForeignMedia(long nowNs, int flowId, boolean hasClaim) {
        if (seen == 0 || candidate != flowId || nowNs - firstSeenNs > WITHIN_NS) {
            candidate = flowId;
            seen = 0;
            firstSeenNs = nowNs;
        }
        seen++;
        return seen >= CONFIRMATIONS
                && hasClaim
                && nowNs - ownMediaNs >= QUIET_MS * SessionTime.MILLISECOND;
    }
}
