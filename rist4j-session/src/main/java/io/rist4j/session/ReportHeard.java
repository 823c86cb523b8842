package io.rist4j.session;

import io.rist4j.core.flow.ReceiverFlow;

/**
 * The latest sender report of a path, kept for a flow that begins later: reports come before media.
 */
final class ReportHeard {
    private boolean isKnown;
    private int flowId;
    private long ntp;
    private long rtpTimestamp;

    /** A report came. */
    void take(int ofFlow, long newNtp, long newRtpTimestamp) {
        isKnown = true;
        flowId = ofFlow;
        ntp = newNtp;
        rtpTimestamp = newRtpTimestamp;
    }

    /** Tells a flow that has begun what was said of it. */
    void tell(long nowNs, ReceiverFlow flow) {
        if (isKnown && flowId == flow.flowId()) {
            flow.onSenderReport(nowNs, ntp, rtpTimestamp);
        }
    }
}
