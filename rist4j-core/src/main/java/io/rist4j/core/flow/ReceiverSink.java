package io.rist4j.core.flow;

/** Effects of a {@link ReceiverFlow}. Implementations must not call back into the flow. */
public interface ReceiverSink {
    /**
     * Hands over the next packet in order. The block and its buffer are valid during the call only.
     *
     * @param block the packet
     */
    void deliver(MediaBlock block);

    /**
     * Asks for one missing packet. Calls of one pass come in ascending order and end with {@link
     * #endRequests}.
     *
     * @param sequence as on the wire
     * @param attempt 1 for the first request of this packet, counted over all repetitions
     */
    void request(long sequence, int attempt);

    /**
     * Ends a pass of requests: what was asked since the last end may be packed into messages now.
     */
    void endRequests();

    /**
     * The flow anchored on its first packet, or again after a reset.
     *
     * @param flowId the SSRC with bit 0 cleared
     * @param reason why
     */
    void flowStarted(int flowId, StartReason reason);

    /** Why a flow anchored. */
    enum StartReason {
        /** The first packet of the session. */
        FIRST_PACKET,
        /** The source changed its SSRC: the sender started again. */
        NEW_SOURCE,
        /** The stream fell silent for longer than the recovery buffer and came back. */
        AFTER_SILENCE,
        /** Sequence numbers or timestamps jumped beyond the recovery buffer. */
        JUMP
    }
}
