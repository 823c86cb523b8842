package io.rist4j.core.flow;

import org.jspecify.annotations.Nullable;

/** The present epoch of a flow and the earlier ones whose packets still wait in the buffer. */
final class FlowEpochs {
    private static final int MOST = 8;

    private final @Nullable FlowEpoch[] epochs = new FlowEpoch[MOST];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether {@link #begin} has no room. */
    boolean isFull() {
        return count == MOST;
    }

    /** The epoch that new packets belong to. */
    FlowEpoch current() {
        return at(count - 1);
    }

    /** The epoch that a position belongs to. */
    FlowEpoch of(long position) {
        int index = count - 1;
        while (index > 0 && position < at(index).start) {
            index--;
        }
        return at(index);
    }

    /**
     * Where the epoch after the earliest one starts; {@link Long#MAX_VALUE} when there is one only.
     */
    long secondStart() {
        return count > 1 ? at(1).start : Long.MAX_VALUE;
    }

    void begin(FlowEpoch epoch) {
        epochs[count++] = epoch;
    }

    /** Forgets the epochs that lie wholly below a position, except for the present one. */
    void forgetBelow(long position) {
        while (count > 1 && position >= at(1).start) {
            System.arraycopy(epochs, 1, epochs, 0, count - 1);
            epochs[--count] = null;
        }
    }

    private FlowEpoch at(int index) {
        FlowEpoch epoch = epochs[index];
        if (epoch == null) {
            throw new IllegalStateException("no epoch " + index);
        }
        return epoch;
    }
}
