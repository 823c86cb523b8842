package io.rist4j.core.flow;

import io.rist4j.core.rate.BitrateMeter;

/**
 * Holds originals and retransmissions together below a bitrate, by leaving out retransmissions.
 *
 * <p>libRIST: compares averages that depend on {@code congestion-control}: off the slow ones;
 * normal the slow one of originals and the fast one of retransmissions; aggressive the fast ones.
 * Ours: the same. The averages are smoothed, so after an outage its packets may pass in a burst.
 */
final class RetransmitCeiling {
    private final CongestionControl mode;
    private final long maxBitsPerSecond;
    private final BitrateMeter originals = new BitrateMeter();
    private final BitrateMeter retransmissions = new BitrateMeter();

    RetransmitCeiling(CongestionControl mode, long maxBitsPerSecond) {
        this.mode = mode;
        this.maxBitsPerSecond = maxBitsPerSecond;
    }

    void onOriginal(long nowNs, int bytes) {
        originals.add(nowNs, bytes);
    }

    void onRetransmission(long nowNs, int bytes) {
        retransmissions.add(nowNs, bytes);
    }

    boolean admits(long nowNs) {
        long data =
                mode == CongestionControl.AGGRESSIVE
                        ? originals.fastBitsPerSecond(nowNs)
                        : originals.slowBitsPerSecond(nowNs);
        long retry =
                mode == CongestionControl.OFF
                        ? retransmissions.slowBitsPerSecond(nowNs)
                        : retransmissions.fastBitsPerSecond(nowNs);
        return data + retry <= maxBitsPerSecond;
    }

    BitrateMeter originals() {
        return originals;
    }

    BitrateMeter retransmissions() {
        return retransmissions;
    }
}
