package io.rist4j.session;

import io.rist4j.core.flow.ReceiverFlow;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** The flows that a session receives, by index. On the session's thread only. */
public interface ReceivingFlows {
    /** Of a session that receives nothing. */
    ReceivingFlows NONE =
            new ReceivingFlows() {
                @Override
                public int capacity() {
                    return 0;
                }

                @Override
                public @Nullable ReceiverFlow flow(int index) {
                    return null;
                }

                @Override
                public @Nullable FlowIdentity identity(int index) {
                    return null;
                }

                @Override
                public boolean isBroughtBy(int index, int row) {
                    return false;
                }

                @Override
                public void close(int index) {}
            };

    /** How many there may be at a time; every index is below. */
    int capacity();

    /**
     * A flow. Where a session takes only one, it is there before its first packet.
     *
     * @param index its index
     * @return null when there is none, or it was closed
     */
    @Nullable ReceiverFlow flow(int index);

    /** The flow of a session that takes only one. */
    default ReceiverFlow only() {
        return Objects.requireNonNull(flow(0), "this session has no single flow");
    }

    /**
     * Whose flow it is.
     *
     * @param index its index
     * @return as it was when the flow began; null when there is none, or no other than this could
     *     be
     */
    @Nullable FlowIdentity identity(int index);

    /**
     * Whether a path brings a flow.
     *
     * @param index the flow's index
     * @param row the path's
     */
    boolean isBroughtBy(int index, int row);

    /**
     * Gives a flow up at once, with what waits in its buffer. What still comes of it is refused
     * until it has been silent for the session timeout; then {@link SessionEvent.FlowEnded} tells.
     *
     * @param index its index
     */
    void close(int index);
}
