package io.rist4j.core.flow;

import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.TimestampUnwrapper;

/**
 * One continuous stretch of a flow: from an anchor to the next, its sequence numbers and its media
 * clock run on. Packets of an earlier epoch that wait in the buffer keep their own mapping, so that
 * a reset loses nothing already received.
 */
final class FlowEpoch {
    private static final int USUAL_HZ = 90_000;

    /** The first position; those below belong to earlier epochs. */
    final long start;

    /**
     * Those from {@link #start} to below here are start repair's: not missed when they stay away.
     */
    final long anchor;

    /** Position minus widened sequence number. */
    final long shift;

    final int flowId;
    final StartReason reason;
    final PlayoutClock clock = new PlayoutClock();
    final TimestampUnwrapper timestamps;

    /** Clock of the first packet's timestamp in Hz; 0 when the wire does not tell. */
    final int wireHz;

    /** Whether the packets are placed by their arrival, not by their timestamps. */
    final boolean byArrival;

    /** Originals accepted. */
    long originals;

    /** Whether its first block has been delivered. */
    boolean begun;

    /** Whether {@link #wallOffsetNs} replaces the clock's offset. */
    boolean byWallClock;

    /** Session time minus source time by the hosts' wall clocks. */
    long wallOffsetNs;

    /** The place in time of the newest packet. */
    long highestSourceNs;

    /** The place in time of the last packet delivered. */
    long deliveredSourceNs = Long.MIN_VALUE;

    FlowEpoch(
            long start,
            long anchor,
            long shift,
            MediaPacket packet,
            boolean byArrival,
            StartReason reason) {
        this.start = start;
        this.anchor = anchor;
        this.shift = shift;
        this.flowId = packet.flowId;
        this.wireHz = Math.max(0, packet.clockHz);
        this.byArrival = byArrival || wireHz == 0;
        this.reason = reason;
        this.timestamps = new TimestampUnwrapper(packet.timestamp);
        long sourceNs = this.byArrival ? packet.arrivalNs : mediaNs(timestamps.reference());
        clock.anchor(packet.arrivalNs, sourceNs);
        if (this.byArrival) {
            clock.fix(0);
        }
    }

    /** Whether the packet's timestamp is on the epoch's clock. */
    boolean sharesClock(MediaPacket packet) {
        return packet.clockHz == wireHz;
    }

    /** Whether the packet's timestamp says when it is due. */
    boolean timesByStamp(MediaPacket packet) {
        return !byArrival && sharesClock(packet);
    }

    /** The packet's timestamp, widened; one of another clock counts as the newest so far. */
    long ticks(MediaPacket packet) {
        return sharesClock(packet) ? timestamps.widen(packet.timestamp) : timestamps.reference();
    }

    /** The instant of a widened timestamp on the source's media clock. */
    long mediaNs(long ticks) {
        return MediaClock.ticksToNs(ticks, wireHz);
    }

    /** Ticks in a time; of the usual clock when the wire does not tell. */
    long ticksIn(long ns) {
        return MediaClock.nsToTicks(ns, wireHz == 0 ? USUAL_HZ : wireHz);
    }

    /** Session time minus source time of an undelayed packet. */
    long offsetNs() {
        return byWallClock ? wallOffsetNs : clock.offsetNs();
    }
}
