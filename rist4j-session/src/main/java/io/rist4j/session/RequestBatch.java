package io.rist4j.session;

/**
 * Sequence numbers to be asked for on one path: filled during a pass, written at its end. Reused.
 */
final class RequestBatch {
    /** More than a pass asks for in one go; a fuller pass is written in several rounds. */
    static final int CAPACITY = 1_024;

    final long[] sequences = new long[CAPACITY];
    private int size;

    /** How many of the sequences a wire has written. */
    int consumed;

    void add(long sequence) {
        sequences[size++] = sequence;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    boolean isWritten() {
        return consumed == size;
    }

    void clear() {
        size = 0;
        consumed = 0;
    }
}
