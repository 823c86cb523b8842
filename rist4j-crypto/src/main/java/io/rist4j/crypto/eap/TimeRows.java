package io.rist4j.crypto.eap;

/**
 * A time for each of many somethings, in fixed memory: two rows of 1 024 cells, 16 KiB. Who shares
 * a cell in one row with somebody has one of his own in the other, and the earlier of both is his.
 */
final class TimeRows {
    private static final int BITS = 10;
    private static final int MIX = 0x9E37_79B9;

    /** No multiple of the other, or whoever meets in one row would meet in both. */
    private static final int OTHER_MIX = 0x85EB_CA6B;

    private final long[] first = new long[1 << BITS];
    private final long[] second = new long[1 << BITS];

    /** The time of what hashes like this; 0 or more. */
    long of(int hash) {
        return Math.min(first[cell(hash)], second[otherCell(hash)]);
    }

    /** Moves it on from the present or later, not beyond the last. */
    void add(int hash, long nowNs, long byNs, long lastNs) {
        int one = cell(hash);
        int other = otherCell(hash);
        first[one] = Math.min(Math.max(first[one], nowNs) + byNs, lastNs);
        second[other] = Math.min(Math.max(second[other], nowNs) + byNs, lastNs);
    }

    private static int cell(int hash) {
        return (hash * MIX) >>> (Integer.SIZE - BITS);
    }

    private static int otherCell(int hash) {
        return ((hash ^ (hash >>> 15)) * OTHER_MIX) >>> (Integer.SIZE - BITS);
    }
}
