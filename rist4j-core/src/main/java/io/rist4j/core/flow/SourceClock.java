package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.MediaClock;

/**
 * A media clock that some of a flow's paths tell source times by. Widens what a packet knows of its
 * source time, by nearness to another instant, and maps it to the clock of the epoch's first
 * packet.
 *
 * <p>Clocks of different rates have nothing in common but the packets: a copy that came by another
 * clock too shows exactly how far they are apart. Until there is one, arrivals tell it, and the
 * least delayed tells best.
 *
 * <p>Exact however often stamps wrap: 2^32 / 90 kHz = 13.26 h, 2^32 / 1 MHz = 71.6 min, 2^32 / 2^16
 * MHz = 65.536 ms. Not thread-safe. Allocation-free.
 */
final class SourceClock {
    /** In place of an {@link #index}: of a clock that the epoch does not know. */
    static final int OTHER = 3;

    /** Stamps that begin anew this early say nothing of order over a recovery buffer. */
    private static final long SHORT_NS = 600L * 1_000_000_000;

    /** Arrivals that an offset is measured by, while no copy shows it. */
    private static final int MEASURED = 256;

    /** How often a clock may prove wrong. */
    private static final int MOST_DOUBTS = 3;

    /** Position among the epoch's clocks. */
    final int index;

    /** As packets tell it, 0 when they do not. */
    final long hertz;

    private final long rate;
    private final long spanNs;
    private long round;
    private long roundNs;
    private long offsetNs;
    private boolean isMapped;
    private boolean isExact;
    private int measured;
    private int doubts;

    /** The clock of the epoch's first packet. */
    SourceClock(MediaPacket first) {
        this(0, first.clockHz);
        isMapped = true;
        isExact = true;
    }

    /** Another one, which is not mapped yet. */
    SourceClock(int index, long hertz) {
        this.index = index;
        this.hertz = hertz;
        rate = hertz > 0 ? hertz : MediaClock.USUAL_HZ;
        spanNs = MediaClock.spanNs(rate);
    }

    /** Whether it is known how it stands to the epoch's clock. */
    boolean isMapped() {
        return isMapped;
    }

    /** Whether source times of it are only known together with a number. */
    boolean isShort() {
        return spanNs < SHORT_NS;
    }

    /**
     * The instant of a packet on the epoch's clock.
     *
     * @param sourceNs as the packet tells it
     * @param nearNs of all that it may mean the nearest to this, on the epoch's clock
     */
    long widen(long sourceNs, long nearNs) {
        long awayNs = (nearNs - offsetNs) - (sourceNs + roundNs);
        if (awayNs > spanNs / 2 || awayNs < -spanNs / 2) {
            round += Math.floorDiv(awayNs + spanNs / 2, spanNs);
            roundNs = MediaClock.ticksToNs(round << Integer.SIZE, rate);
        }
        return sourceNs + roundNs + offsetNs;
    }

    /** A packet came twice: by this clock, and at an instant of the epoch's clock that is known. */
    void onCopy(long sourceNs, long epochNs) {
        if (!isExact && doubts < MOST_DOUBTS) {
            isExact = true;
            map(sourceNs, epochNs);
        }
    }

    /** An original came that would be placed there if nothing had delayed it. */
    void onArrival(long sourceNs, long epochNs) {
        if (!isMapped) {
            if (doubts < MOST_DOUBTS) {
                map(sourceNs, epochNs);
            }
        } else if (!isExact && measured++ < MEASURED) {
            offsetNs -= Math.max(0, widen(sourceNs, epochNs) - epochNs);
        }
    }

    private void map(long sourceNs, long epochNs) {
        isMapped = true;
        offsetNs = 0;
        offsetNs = epochNs - widen(sourceNs, epochNs);
    }

    /**
     * It is not where it should be: it is mapped anew. One that goes by another rate than it says
     * is given up: its packets are placed by their arrivals.
     */
    void doubt() {
        doubts++;
        isMapped = false;
        isExact = false;
        measured = 0;
    }
}
