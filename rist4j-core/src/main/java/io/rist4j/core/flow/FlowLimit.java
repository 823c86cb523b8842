package io.rist4j.core.flow;

/** Bounds that cut recovery when a flow reaches them. */
public enum FlowLimit {
    /** A sender did not repeat packets: the ceiling of its bitrate. */
    RETRANSMISSION_RATE,

    /** A sender did not repeat packets that had been repeated as often as allowed. */
    REPETITIONS,

    /** A sender did not look at requests: they came faster than any receiver needs. */
    REQUESTS,

    /** A sender forgot packets before their time: the memory of its history. */
    HISTORY_MEMORY,

    /** A sender forgot packets before their time: no more can be told apart by their numbers. */
    HISTORY_NUMBERS,

    /** A receiver delivered packets before they were due: the memory of its buffer. */
    BUFFER_MEMORY,

    /**
     * A receiver delivered packets before they were due: more than their numbers can tell apart.
     */
    BUFFER_NUMBERS,

    /** A receiver could not ask for packets whose numbers are in use again. */
    REQUEST_NUMBERS,

    /** A receiver held requests back: the ceiling of their bitrate. */
    RETURN_RATE
}
