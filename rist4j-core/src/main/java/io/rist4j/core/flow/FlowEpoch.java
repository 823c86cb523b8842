package io.rist4j.core.flow;

import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.SequenceUnwrapper;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * One continuous stretch of a flow: from an anchor to the next, its sequence numbers and its media
 * clock run on. Packets of an earlier epoch that wait in the buffer keep their own mapping, so that
 * a reset loses nothing already received.
 */
final class FlowEpoch {
    /** Clocks that packets may tell time by; those of more are placed by their arrival. */
    private static final int MOST_CLOCKS = SourceClock.OTHER;

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

    /** Clock of the first packet's source time in Hz; 0 when the wire does not tell. */
    final long clockHz;

    private final @Nullable SourceClock[] clocks = new SourceClock[MOST_CLOCKS];
    private int clockCount;

    /** The newest packet's instant by its stamp, on the epoch's clock. */
    long newestNs;

    /** How many bits of the flow's numbers are known. */
    int sequenceBits;

    /** What known numbers are above those that {@link #shift} leads to. */
    private long above;

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
        this.clockHz = Math.max(0, packet.clockHz);
        this.sequenceBits = packet.sequenceBits;
        this.byArrival = byArrival || clockHz == 0;
        this.reason = reason;
        clocks[clockCount++] = new SourceClock(packet);
        newestNs = packet.sourceNs;
        long sourceNs = this.byArrival ? packet.arrivalNs : newestNs;
        clock.anchor(packet.arrivalNs, sourceNs);
        if (this.byArrival) {
            clock.fix(0);
        }
    }

    // ---- numbers

    /** Goes on with the numbers of the epoch before. */
    void continueNumbers(FlowEpoch before) {
        sequenceBits = before.sequenceBits;
        above = before.above;
    }

    /** The number of a position, as far as it is known: its lowest {@link #sequenceBits}. */
    long number(long position) {
        return position - shift + above;
    }

    /** The position of a number. */
    long position(long number) {
        return number + shift - above;
    }

    /** How many bits count in a packet's number: those that both know. */
    int bits(MediaPacket packet) {
        return Math.min(packet.sequenceBits, sequenceBits);
    }

    /** A packet was taken in: its number may be known better than those before it. */
    void learnNumber(MediaPacket packet, long position) {
        if (packet.sequenceBits > sequenceBits) {
            sequenceBits = packet.sequenceBits;
            above = SequenceUnwrapper.ofBits(sequenceBits).wire(packet.sequence) - position + shift;
        }
    }

    // ---- times

    private @Nullable SourceClock clock(MediaPacket packet) {
        for (int i = 0; i < clockCount; i++) {
            SourceClock known = clocks[i];
            if (known != null && known.hertz == packet.clockHz) {
                return known;
            }
        }
        return null;
    }

    /** The clock that a packet tells time by, met now or before; null where there are too many. */
    private @Nullable SourceClock meet(MediaPacket packet) {
        SourceClock known = clock(packet);
        if (known == null && clockCount < MOST_CLOCKS && packet.clockHz > 0 && clockHz > 0) {
            known = new SourceClock(clockCount, packet.clockHz);
            clocks[clockCount++] = known;
        }
        return known;
    }

    /** Which of the clocks a packet tells time by, or {@link SourceClock#OTHER}. */
    int clockIndex(MediaPacket packet) {
        SourceClock known = clock(packet);
        return known == null ? SourceClock.OTHER : known.index;
    }

    /** Whether it is known where a packet's source time is on the epoch's clock. */
    private boolean tellsTime(MediaPacket packet) {
        SourceClock known = clock(packet);
        return known != null && known.isMapped();
    }

    /** Whether the packet's source time says when it is due. */
    boolean timesByStamp(MediaPacket packet) {
        return !byArrival && tellsTime(packet);
    }

    /** Whether a packet's source time says nothing without its number. */
    boolean needsNumber(MediaPacket packet) {
        SourceClock known = clock(packet);
        return known == null || known.isShort();
    }

    /** The packet's instant on the epoch's clock; as new as the newest when it does not tell. */
    long stampNs(MediaPacket packet) {
        return stampNs(packet, newestNs);
    }

    /** The same, of all instants that it may mean the nearest to another. */
    long stampNs(MediaPacket packet, long nearNs) {
        SourceClock known = clock(packet);
        return known != null && known.isMapped() ? known.widen(packet.sourceNs, nearNs) : newestNs;
    }

    /** The newest packet was taken in. */
    void onNewest(MediaPacket packet, long stampNs) {
        if (tellsTime(packet)) {
            newestNs = stampNs;
        }
    }

    /** An original would be placed there if nothing had delayed it. */
    void onArrival(MediaPacket packet, long sourceNs) {
        SourceClock met = meet(packet);
        if (met != null) {
            met.onArrival(packet.sourceNs, sourceNs);
        }
    }

    /**
     * A packet came by two clocks, which shows how far they are apart.
     *
     * @param packet the second copy
     * @param stampNs its instant
     * @param firstClock which clock the first copy came by
     * @param firstStamp what that said
     * @param firstNs where the first copy was placed
     */
    void onCopy(MediaPacket packet, long stampNs, int firstClock, long firstStamp, long firstNs) {
        SourceClock second = byArrival ? null : meet(packet);
        if (second == null || firstClock >= clockCount) {
            return;
        }
        SourceClock first = Objects.requireNonNull(clocks[firstClock]);
        if (first.index == 0) {
            second.onCopy(packet.sourceNs, firstNs);
        } else if (second.index == 0) {
            first.onCopy(MediaClock.sourceNs(firstStamp, first.hertz), stampNs);
        }
    }

    /** A packet is not where its clock, another one than the epoch's, says. */
    void doubt(MediaPacket packet) {
        SourceClock known = clock(packet);
        if (known != null) {
            known.doubt();
        }
    }

    /** The instant of a stamp of the first packet's clock, near the newest. */
    long ofStamp(long stamp) {
        SourceClock own = Objects.requireNonNull(clocks[0]);
        return own.widen(MediaClock.sourceNs(stamp, clockHz), newestNs);
    }

    /** Session time minus source time of an undelayed packet. */
    long offsetNs() {
        return byWallClock ? wallOffsetNs : clock.offsetNs();
    }
}
