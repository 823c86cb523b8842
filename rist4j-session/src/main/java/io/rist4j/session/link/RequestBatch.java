package io.rist4j.session.link;

/**
 * Sequence numbers to be asked for on one path: filled during a pass, written at its end. Reused.
 */
public final class RequestBatch {
    /** More than a pass asks for in one go; a fuller pass is written in several rounds. */
    public static final int CAPACITY = 1_024;

    public final long[] sequences = new long[CAPACITY];
    private int size;

    /** The flow that misses them. */
    public int mediaSsrc;

    /**
     * How many bits of the sequences are known: 32 where the peer's media tell so many
     * (TR-06-2:2022 §8.4), else 16.
     */
    public int sequenceBits = 16;

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
