package io.rist4j.core.flow;

/**
 * How many bytes of a stream one recovery buffer holds: the most that passed within the length of
 * one, as seen within the last two. So a pause does not empty it before everything in the buffer
 * has been played.
 *
 * <p>Counted in slices of a sixteenth of the buffer. Not thread-safe; times in ns of the session
 * clock; allocation-free after construction.
 */
final class BufferedBytes {
    private static final int SLICES = 16;

    private final long sliceNs;

    /** Bytes of each of the latest slices; the one in progress at {@link #slice}. */
    private final long[] bytes = new long[SLICES + 1];

    /** The sum over the latest slices as it was at the end of each. */
    private final long[] sums = new long[SLICES];

    private long slice;
    private long sum;
    private long most;
    private boolean started;

    BufferedBytes(long bufferNs) {
        sliceNs = Math.max(1, bufferNs / SLICES);
    }

    void add(long nowNs, int more) {
        roll(nowNs);
        bytes[(int) (slice % bytes.length)] += more;
        sum += more;
    }

    long most(long nowNs) {
        roll(nowNs);
        return Math.max(most, sum);
    }

    private void roll(long nowNs) {
        long present = nowNs / sliceNs;
        if (present <= slice && started) {
            return;
        }
        long first = started ? Math.max(slice + 1, present - 2 * SLICES) : present;
        started = true;
        for (long next = first; next <= present; next++) {
            sums[(int) (next % SLICES)] = sum;
            int at = (int) (next % bytes.length);
            sum -= bytes[at];
            bytes[at] = 0;
        }
        slice = present;
        most = 0;
        for (long past : sums) {
            most = Math.max(most, past);
        }
    }
}
