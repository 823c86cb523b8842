package io.rist4j.session;

import io.rist4j.core.flow.ReceiverFlow;

import org.jspecify.annotations.Nullable;

/** The flows of a receiver that takes several, by index. On the session's thread only. */
public final class SessionFlows {
    private final ReceiverFlows flows;

    SessionFlows(ReceiverFlows flows) {
        this.flows = flows;
    }

    /** How many there may be at a time; every index is below. */
    public int capacity() {
        return flows.capacity();
    }

    /**
     * A flow.
     *
     * @param index its index
     * @return null when there is none, or it was closed
     */
    public @Nullable ReceiverFlow flow(int index) {
        return flows.flow(index);
    }

    /**
     * Whose flow it is.
     *
     * @param index its index
     * @return as it was when the flow began; null when there is none
     */
    public @Nullable FlowIdentity identity(int index) {
        return flows.identity(index);
    }

    /**
     * Whether a path brings a flow.
     *
     * @param index the flow's index
     * @param row the path's
     */
    public boolean isBroughtBy(int index, int row) {
        return flows.isBroughtBy(index, row);
    }

    /**
     * Gives a flow up at once, with what waits in its buffer. What still comes of it is refused
     * until it has been silent for the session timeout; then {@link SessionEvent.FlowEnded} tells.
     *
     * @param index its index
     */
    public void close(int index) {
        flows.close(index);
    }
}
