package io.rist4j.core.flow;

/**
 * What a reception report says about a flow (RFC 3550 §6.4.1, §A.3, §A.8).
 *
 * <p>Spec: RFC 3550 counts every packet of a source, duplicates too. libRIST: sends zeros. Ours:
 * first copies of originals only, so that the report tells what the links lost before recovery, and
 * duplication over several paths does not hide it.
 *
 * <p>Not thread-safe. Allocation-free after construction.
 */
public final class ReceptionStatistics {
    private static final int CUMULATIVE_MOST = 0x7F_FFFF;
    private static final int CUMULATIVE_LEAST = -0x80_0000;

    private boolean started;
    private long first;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;

    private boolean transitKnown;
    private long transitNs;
    private long jitterTimes16;

    ReceptionStatistics() {}

    /** A flow begins, or begins again, with this widened sequence number. */
    void restart(long sequence) {
        if (started) {
            expectedBefore += (highest - first) + 1;
            receivedBefore += received;
        }
        started = true;
        first = sequence;
        highest = sequence - 1;
        received = 0;
        transitKnown = false;
    }

    /**
     * The first copy of an original came.
     *
     * @param sequence widened
     */
    void onOriginal(long sequence) {
        received++;
        if (sequence > highest) {
            highest = sequence;
        } else if (sequence < first) {
            first = sequence;
        }
    }

    /**
     * Measures jitter.
     *
     * @param arrivalNs the arrival
     * @param sourceNs the source time
     */
    void onTransit(long arrivalNs, long sourceNs) {
        long transit = arrivalNs - sourceNs;
        if (transitKnown) {
            long difference = Math.abs(transit - transitNs);
            jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
        }
        transitKnown = true;
        transitNs = transit;
    }

    /** Whether anything was received, so that there is something to report. */
    public boolean isStarted() {
        return started;
    }

    /** The highest sequence number received, with the count of its wraps above it; 32 bits. */
    public long extendedHighestSequence() {
        return highest & 0xFFFF_FFFFL;
    }

    /** Packets lost on the way since the start, before recovery, within 24 bits and a sign. */
    public int cumulativeLost() {
        return (int) Math.max(CUMULATIVE_LEAST, Math.min(CUMULATIVE_MOST, expected() - total()));
    }

    /** Interarrival jitter. */
    public long jitterNs() {
        return jitterTimes16 >> 4;
    }

    /**
     * The fraction of packets lost on the way since the interval began, in 1/256. The next interval
     * begins now: call it once per report.
     *
     * @param interval what the reports to one peer have covered
     */
    public int takeFractionLost(Interval interval) {
        long expected = expected() - interval.expected;
        long lost = expected - (total() - interval.received);
        interval.expected = expected();
        interval.received = total();
        if (expected <= 0 || lost <= 0) {
            return 0;
        }
        return (int) Math.min(255, (lost << 8) / expected);
    }

    /** Where the present report interval of one peer began. */
    public static final class Interval {
        private long expected;
        private long received;

        /** An interval that began with the flow. */
        public Interval() {}
    }

    private long expected() {
        return started ? expectedBefore + (highest - first) + 1 : 0;
    }

    private long total() {
        return receivedBefore + received;
    }
}
