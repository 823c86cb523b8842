package io.rist4j.linux;

import io.rist4j.core.address.Endpoint;

/**
 * Groups the datagrams of a batch into runs that leave as one message each: one destination, equal
 * sizes but for a shorter last one. The order of datagrams to one destination is kept; datagrams to
 * other destinations may lie between them.
 *
 * <p>Not thread-safe. Allocation-free after construction.
 */
final class RunPlanner {
    /** What older kernels allow in one message (UDP_MAX_SEGMENTS). */
    static final int MAX_DATAGRAMS = 64;

    /** The largest payload of an IPv4 datagram, which a run must not exceed either. */
    static final int MAX_BYTES = 65_507;

    /** Runs that can grow at the same time, one for each destination. */
    private static final int OPEN_RUNS = 8;

    private final int[] runOf;
    private final int[] datagrams;
    private final int[] segmentBytes;
    private final int[] totalBytes;
    private final Endpoint[] destinations;
    private final int[] open = new int[OPEN_RUNS];
    private int runs;
    private int openRuns;

    /**
     * @param capacity of datagrams
     */
    RunPlanner(int capacity) {
        runOf = new int[capacity];
        datagrams = new int[capacity];
        segmentBytes = new int[capacity];
        totalBytes = new int[capacity];
        destinations = new Endpoint[capacity];
    }

    /** Begins a new batch. */
    void begin() {
        runs = 0;
        openRuns = 0;
    }

    /**
     * Places the next datagram.
     *
     * @param index of the datagram, counted from 0 in each batch
     * @param limitBytes only datagrams shorter than this may share a run
     */
    void add(int index, Endpoint to, int bytes, int limitBytes) {
        int slot = openSlot(to);
        if (slot >= 0) {
            int run = open[slot];
            int least = segmentBytes[run];
            if (bytes > 0
                    && bytes <= least
                    && datagrams[run] < MAX_DATAGRAMS
                    && totalBytes[run] + bytes <= MAX_BYTES) {
                join(index, run, bytes);
                if (bytes < least) {
                    shut(slot);
                }
                return;
            }
            shut(slot);
        }
        begin(index, to, bytes, bytes > 0 && bytes < limitBytes);
    }

    private int openSlot(Endpoint to) {
        for (int i = 0; i < openRuns; i++) {
            if (to.equals(destinations[open[i]])) {
                return i;
            }
        }
        return -1;
    }

    private void shut(int slot) {
        open[slot] = open[--openRuns];
    }

    private void begin(int index, Endpoint to, int bytes, boolean mayGrow) {
        int run = runs++;
        destinations[run] = to;
        segmentBytes[run] = bytes;
        datagrams[run] = 0;
        totalBytes[run] = 0;
        join(index, run, bytes);
        if (mayGrow) {
            if (openRuns == OPEN_RUNS) {
                shut(0);
            }
            open[openRuns++] = run;
        }
    }

    private void join(int index, int run, int bytes) {
        runOf[index] = run;
        datagrams[run]++;
        totalBytes[run] += bytes;
    }

    int runs() {
        return runs;
    }

    int runOf(int index) {
        return runOf[index];
    }

    Endpoint destination(int run) {
        return destinations[run];
    }

    int datagrams(int run) {
        return datagrams[run];
    }

    /** Size of its first datagram, which none of the others exceeds. */
    int segmentBytes(int run) {
        return segmentBytes[run];
    }

    int totalBytes(int run) {
        return totalBytes[run];
    }
}
