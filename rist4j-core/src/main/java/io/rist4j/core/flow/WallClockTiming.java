package io.rist4j.core.flow;

import io.rist4j.core.time.NtpTime;
import io.rist4j.core.time.SessionTime;

/**
 * Places a flow by the sender's wall clock: its first sender report says which wall-clock instant a
 * media timestamp stands for, the host says which session instant a wall-clock instant is.
 *
 * <p>Spec: none. libRIST (timing mode 2): discards media before the first report, and sets the
 * offset once. Ours: plays by arrival until the first report, so nothing is discarded; sets the
 * offset once per epoch, for report and media come from different clocks (trap T41) and later ones
 * would only add noise; and refuses one that is so far off that a host's clock must be wrong.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class WallClockTiming {
    /** How far from the arrivals an offset may be besides the recovery buffer. */
    private static final long MOST_NS = 5 * SessionTime.SECOND;

    private boolean wallKnown;
    private long wallMinusSessionNs;
    private boolean reportKnown;
    private long reportNtp;
    private long reportTimestamp;
    private boolean placed;
    private long wallMinusSourceNs;

    /** A sender report came. Returns whether the epoch is placed by it now. */
    void onReport(long ntp, long timestamp, long nowNs, FlowEpochs epochs, long bufferNs) {
        reportKnown = true;
        reportNtp = ntp;
        reportTimestamp = timestamp;
        place(nowNs, epochs, bufferNs);
    }

    /** The host's wall clock moved against the session clock. */
    void setWallOffset(long newWallMinusSessionNs, FlowEpochs epochs) {
        wallKnown = true;
        wallMinusSessionNs = newWallMinusSessionNs;
        if (placed && !epochs.isEmpty()) {
            epochs.current().wallOffsetNs = wallMinusSourceNs - wallMinusSessionNs;
        }
    }

    /** The flow anchored: what an earlier report said need not hold, unless it was the first. */
    void onAnchor(long nowNs, FlowEpochs epochs, long bufferNs, boolean reportStillHolds) {
        placed = false;
        reportKnown &= reportStillHolds;
        place(nowNs, epochs, bufferNs);
    }

    private void place(long nowNs, FlowEpochs epochs, long bufferNs) {
        if (placed || !reportKnown || !wallKnown || epochs.isEmpty()) {
            return;
        }
        FlowEpoch epoch = epochs.current();
        if (epoch.clockHz == 0) {
            return;
        }
        long wallNs = NtpTime.toUnixNs(reportNtp, nowNs + wallMinusSessionNs);
        long sourceNs = epoch.ofStamp(reportTimestamp);
        long offsetNs = (wallNs - sourceNs) - wallMinusSessionNs;
        if (Math.abs(offsetNs - epoch.clock.offsetNs()) > bufferNs + MOST_NS) {
            return;
        }
        placed = true;
        wallMinusSourceNs = wallNs - sourceNs;
        epoch.wallOffsetNs = offsetNs;
        epoch.byWallClock = true;
    }
}
