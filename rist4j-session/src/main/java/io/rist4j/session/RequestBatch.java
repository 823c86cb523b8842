package io.rist4j.session;

/**
 * Sequence numbers to be asked for on one path: filled during a pass, written at its end. Reused.
 */
final class RequestBatch {
    /** More than a pass asks for in one go; a fuller pass is written in several rounds. */
    static final int CAPACITY = 1_024;

    /** In place of {@link #nearSequence}: the peer counts with 16 bits. */
    static final long NO_EXTENDED_SEQUENCE = -1;

    final long[] sequences = new long[CAPACITY];
    private int size;

    /** The flow that misses them. */
    int mediaSsrc;

    /**
     * A sequence number of 32 bits near those that are missing, where the peer's media tell such
     * ones (TR-06-2:2022 §8.4), or {@link #NO_EXTENDED_SEQUENCE}.
     */
    long nearSequence = NO_EXTENDED_SEQUENCE;

    /** Where the flow's media comes from and goes to inside the tunnel; 0 where there is none. */
    int virtualSourcePort;

    int virtualDestinationPort;

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
