package io.rist4j.core.path;

/** Live paths of a set, the best for a request first. Kept for one instant; allocation-free. */
final class RequestOrder {
    private final int[] paths;
    private final int[] priorities;
    private final long[] rttsNs;
    private int size;
    private long madeNs = -1;
    private PathSet madeOf = PathSet.ofAll();
    private int madeAtChange;
    private long madeAtTableChange;

    RequestOrder(int capacity) {
        paths = new int[capacity];
        priorities = new int[capacity];
        rttsNs = new long[capacity];
    }

    boolean isFor(long nowNs, PathSet among, long tableChanges) {
        return madeNs == nowNs
                && madeOf == among
                && madeAtChange == among.changes()
                && madeAtTableChange == tableChanges;
    }

    void start(long nowNs, PathSet among, long tableChanges) {
        madeNs = nowNs;
        madeOf = among;
        madeAtChange = among.changes();
        madeAtTableChange = tableChanges;
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Paths come in the order of their index; among equals the earlier stays ahead. */
    void insert(int path, int priority, long rttNs) {
        int at = size++;
        while (at > 0
                && (priorities[at - 1] < priority
                        || (priorities[at - 1] == priority && rttsNs[at - 1] > rttNs))) {
            paths[at] = paths[at - 1];
            priorities[at] = priorities[at - 1];
            rttsNs[at] = rttsNs[at - 1];
            at--;
        }
        paths[at] = path;
        priorities[at] = priority;
        rttsNs[at] = rttNs;
    }

    /** The path of an attempt, counted from 1; -1 when there is none. */
    int at(int attempt) {
        return size == 0 ? -1 : paths[Math.floorMod(attempt - 1, size)];
    }
}
