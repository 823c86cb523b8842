package io.rist4j.host;

import io.rist4j.core.time.SessionTime;

/**
 * How long a session lets arrivals and payloads lie, so that many share one wake-up.
 *
 * <p>A packet keeps its time of arrival meanwhile, so neither media clock nor round trips change by
 * it. What it costs is time to repair: requests are seen later by the sender, and gaps by the
 * receiver. So it is a small part of what there is for that.
 */
final class GatherTime {
    /** More saves next to nothing: 200 wake-ups a second are few. */
    static final long MOST_NS = 5 * SessionTime.MILLISECOND;

    /** Less saves nothing, and media output is due within a millisecond in any case. */
    static final long LEAST_NS = SessionTime.MILLISECOND;

    /** Of the recovery buffer: in one of 50 ms a request is seen 1.6 ms late at most. */
    static final int BUFFER_SHARE = 32;

    /** Of the time for which a gap may be a reordering: it is seen before it is to be asked for. */
    static final int HOLD_SHARE = 3;

    private GatherTime() {}

    /**
     * A sender's.
     *
     * @param bufferNs the longest recovery buffer that it serves
     */
    static long ofSender(long bufferNs) {
        return Math.clamp(bufferNs / BUFFER_SHARE, LEAST_NS, MOST_NS);
    }

    /**
     * A receiver's.
     *
     * @param bufferNs its recovery buffer
     * @param reorderNs how long it holds requests back for packets that come out of order
     */
    static long ofReceiver(long bufferNs, long reorderNs) {
        long shareNs = Math.min(bufferNs / BUFFER_SHARE, reorderNs / HOLD_SHARE);
        return Math.clamp(shareNs, LEAST_NS, MOST_NS);
    }
}
