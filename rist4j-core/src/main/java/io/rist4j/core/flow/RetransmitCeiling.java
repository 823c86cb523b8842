package io.rist4j.core.flow;

import io.rist4j.core.rate.BitrateMeter;

/**
 * Holds originals and retransmissions together below a bitrate, by leaving out retransmissions.
 *
 * <p>libRIST: compares averages that depend on {@code congestion-control} with a bitrate, 100 Mb/s
 * by default: off the slow ones; normal the slow one of originals and the fast one of
 * retransmissions; aggressive the fast ones. Ours: the same where a bitrate is given. The averages
 * are smoothed, so after an outage its packets may pass in a burst. Without one, a share of the
 * media itself ({@link MediaShare}), so that it fits whatever is sent and nobody can draw more.
 */
final class RetransmitCeiling {
    private final CongestionControl mode;
    private final long maxBitsPerSecond;
    private final MediaShare share;
    private final BitrateMeter originals = new BitrateMeter();
    private final BitrateMeter retransmissions = new BitrateMeter();

    /** A ceiling as the settings want it. */
    RetransmitCeiling(SenderFlowConfig config) {
        this.mode = config.congestionControl();
        this.maxBitsPerSecond = config.maxBitrate();
        this.share = new MediaShare(config.bufferMaxNs());
    }

    void onOriginal(long nowNs, int bytes) {
        originals.add(nowNs, bytes);
        share.onOriginal(nowNs, bytes);
    }

    /** An original went to a path that had to wait for it: media there, and no answer. */
    void onCatchUp(long nowNs, int bytes) {
        retransmissions.add(nowNs, bytes);
    }

    void onRetransmission(long nowNs, int path, int bytes) {
        retransmissions.add(nowNs, bytes);
        share.onRetransmission(path, bytes);
    }

    /** Whether a packet of so many bytes may be sent again on a path. */
    boolean admits(long nowNs, int path, int bytes) {
        if (maxBitsPerSecond == SenderFlowConfig.BY_THE_MEDIA) {
            return share.admits(nowNs, path, bytes);
        }
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

    /** Another peer may have the path from now on. */
    void forget(int path) {
        share.forget(path);
    }

    BitrateMeter originals() {
        return originals;
    }

    BitrateMeter retransmissions() {
        return retransmissions;
    }
}
