package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;

/**
 * How often proofs of users, or from networks, were wrong lately. Some in a minute are free; each
 * beyond them makes the next ones wait longer, up to {@link #MOST_DELAY_NS}. Nobody is refused, so
 * nobody can be kept out by it.
 *
 * <p>Counts in two rows of 1 024 cells, 16 KiB, whoever fails how often: who shares a cell in one
 * row with somebody under attack has one of his own in the other.
 */
final class Pressure {
    /** The longest wait: less than the patience of callers, 3 s, and bearable twice. */
    static final long MOST_DELAY_NS = 2 * SessionTime.SECOND;

    private static final long STEP_NS = 250 * SessionTime.MILLISECOND;
    private static final long MINUTE_NS = 60 * SessionTime.SECOND;
    private static final int CELLS = 1_024;
    private static final int MIX = 0x9E37_79B9;

    private final int free;

    /** How long until a failure is forgotten; they are forgotten one after the other. */
    private final long failureNs;

    /** When the last failure of a cell will be forgotten. */
    private final long[] first = new long[CELLS];

    private final long[] second = new long[CELLS];

    /**
     * @param free failures in a minute that make nobody wait
     */
    Pressure(int free) {
        this.free = free;
        failureNs = MINUTE_NS / free;
    }

    /** Counts a failure. */
    void onFailure(long nowNs, Object of) {
        add(nowNs, first, firstCell(of));
        add(nowNs, second, secondCell(of));
    }

    private void add(long nowNs, long[] cells, int cell) {
        long mostNs = nowNs + failureNs * (free + 2 * MOST_DELAY_NS / STEP_NS);
        cells[cell] = Math.min(Math.max(cells[cell], nowNs) + failureNs, mostNs);
    }

    /** How long the next proof has to wait: 0 to {@link #MOST_DELAY_NS}. */
    long delayNs(long nowNs, Object of) {
        long untilNs = Math.min(first[firstCell(of)], second[secondCell(of)]);
        long failures = Math.ceilDiv(Math.max(0, untilNs - nowNs), failureNs);
        return Math.clamp((failures - free) * STEP_NS, 0, MOST_DELAY_NS);
    }

    private static int firstCell(Object of) {
        return of.hashCode() * MIX >>> Integer.SIZE - 10;
    }

    private static int secondCell(Object of) {
        int hash = of.hashCode();
        return (hash ^ hash >>> 15) * ~MIX >>> Integer.SIZE - 10;
    }
}
