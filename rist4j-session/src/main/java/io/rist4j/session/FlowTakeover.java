package io.rist4j.session;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/**
 * Decides when another flow may take the place of the one in use: first source wins, until it is
 * gone.
 *
 * <p>A sender that starts again has a new SSRC. It takes over with its third packet when the old
 * flow's path is down (see {@link FarewellPart} for what a goodbye is worth), or has been silent
 * for 500 ms and both have shown that they are at one address: a sender that pauses goes on
 * reporting, one that was killed does not. It also does once the old flow has brought nothing for
 * 250 ms, when it comes from the same address, or has shown that it is where it says and the old
 * one has not; under a secret, where that shows the secret too, it does not wait. Whatever else
 * anybody says displaces nothing that lives.
 */
final class FlowTakeover {
    private static final int CONFIRMATIONS = 3;
    private static final long WITHIN_NS = SessionTime.SECOND;

    /** As long as silence takes to bear out a goodbye. */
    private static final long QUIET_NS = 250 * SessionTime.MILLISECOND;

    /** Five intervals between reports (TR-06-1:2020 §5.2.1): who is there has said something. */
    private static final long SILENT_NS = 500 * SessionTime.MILLISECOND;

    /** What another flow may do to the one in use. */
    enum Claim {
        /** Nothing: whoever brings the flow in use is there. */
        NONE,
        /** Follow it once it is quiet. */
        ONCE_QUIET,
        /** Follow it: whoever brought it is gone. */
        AT_ONCE
    }

    private Claim claimed = Claim.NONE;
    private int candidate;
    private int seen;
    private long newest;
    private long firstSeenNs;
    private long ownMediaNs;

    void onOwnMedia(long nowNs) {
        ownMediaNs = nowNs;
        if (claimed != Claim.AT_ONCE) {
            seen = 0;
        }
    }

    /**
     * What the source of another flow may do.
     *
     * @param nowNs session clock
     * @param own the path that brought the flow in use last, or null when it is gone
     * @param ownIsAlive whether that path is up, its peer neither silent for the session timeout
     *     nor gone
     * @param other the path that brings the other flow
     */
    static Claim claim(long nowNs, @Nullable Path own, boolean ownIsAlive, Path other) {
        if (own == null || !ownIsAlive || isRestart(nowNs, own, other)) {
            return Claim.AT_ONCE;
        }
        boolean isProof = !own.isProven() && other.isProven();
        if (isProof && other.link.isUnderSecret()) {
            return Claim.AT_ONCE; // who has not shown that may play back what he recorded
        }
        return own == other || isProof ? Claim.ONCE_QUIET : Claim.NONE;
    }

    private static boolean isRestart(long nowNs, Path own, Path other) {
        return nowNs - own.anythingHeardNs() >= SILENT_NS
                && own.isProven()
                && other.isProven()
                && own.peer().hasAddressOf(other.peer());
    }

    /**
     * Notes a packet of another flow. What comes once more confirms nothing: under a secret anybody
     * can send again what he heard, and no replay window has what belongs to no flow.
     *
     * @param sequence its number; 16 bits of it count
     * @param claim as {@link #claim} says
     * @return whether the newcomer takes over with this packet
     */
    boolean onForeignMedia(long nowNs, int flowId, long sequence, Claim claim) {
        claimed = claim;
        if (seen == 0 || candidate != flowId || nowNs - firstSeenNs > WITHIN_NS) {
            candidate = flowId;
            seen = 0;
            firstSeenNs = nowNs;
        } else if ((short) (sequence - newest) <= 0) {
            return false;
        }
        newest = sequence;
        seen++;
        if (seen < CONFIRMATIONS) {
            return false;
        }
        return switch (claim) {
            case NONE -> false;
            case ONCE_QUIET -> nowNs - ownMediaNs >= QUIET_NS;
            case AT_ONCE -> true;
        };
    }
}
