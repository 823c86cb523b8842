package io.rist4j.core.flow;

import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.TimestampUnwrapper;

/**
 * One continuous stretch of a flow: from an anchor to the next jump, its sequence numbers and its
 * media clock run on. Packets of an earlier epoch that wait in the buffer keep their own mapping,
 * so that a reset loses nothing already received.
 */
final class FlowEpoch {
    /** The first position; those below belong to earlier epochs. */
    final long start;

    /** The position of the first packet; those from {@link #start} to here are start repair's. */
    final long anchor;

    /** Position minus widened sequence number. */
    final long shift;

    final int flowId;
    final StartReason reason;
    final PlayoutClock clock = new PlayoutClock();
    final TimestampUnwrapper timestamps;

    /** Media clock in Hz; 0 when the epoch's packets are placed by their arrival. */
    final int clockHz;

    /** Whether its first block has been delivered. */
    boolean begun;

    FlowEpoch(
            long start,
            long anchor,
            long shift,
            int flowId,
            int clockHz,
            long timestamp,
            StartReason reason) {
        this.start = start;
        this.anchor = anchor;
        this.shift = shift;
        this.flowId = flowId;
        this.clockHz = clockHz;
        this.reason = reason;
        this.timestamps = new TimestampUnwrapper(timestamp);
    }

    /** The instant of a widened timestamp on the source's media clock. */
    long mediaNs(long ticks) {
        return MediaClock.ticksToNs(ticks, clockHz);
    }
}
