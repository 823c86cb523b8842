package io.rist4j.session.link;

/**
 * Sequence numbers to be asked for on one path: filled during a pass, written at its end. Reused.
 */
public final class RequestBatch {
    /** More than a pass asks for in one go; a fuller pass is written in several rounds. */
    public static final int CAPACITY = 1_024;

    /** In place of {@link #nearSequence}: the peer counts with 16 bits. */
    public static final long NO_EXTENDED_SEQUENCE = -1;

    public final long[] sequences = new long[CAPACITY];
    private int size;

    /** The flow that misses them. */
    public int mediaSsrc;

    /**
     * A sequence number of 32 bits near those that are missing, where the peer's media tell such
     * ones (TR-06-2:2022 §8.4), or {@link #NO_EXTENDED_SEQUENCE}.
     */
    public long nearSequence = NO_EXTENDED_SEQUENCE;

    /** Where the flow's media comes from and goes to inside the tunnel; 0 where there is none. */
    public int virtualSourcePort;

    public int virtualDestinationPort;

    /** How many of the sequences a link has written. */
    public int consumed;

    public void add(long sequence) {
        sequences[size++] = sequence;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == CAPACITY;
    }

    public boolean isWritten() {
        return consumed == size;
    }

    public void clear() {
        size = 0;
        consumed = 0;
    }
}
