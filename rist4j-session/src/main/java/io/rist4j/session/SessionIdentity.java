package io.rist4j.session;

/**
 * What a session draws at random, made by its host so that a session stays deterministic.
 *
 * @param flowId a sender's SSRC, even; a receiver ignores it
 * @param firstSequence sequence number of a sender's first packet, within the bits of the profile
 * @param ownSsrc what this end calls itself in RTCP as a receiver (trap T5: never the sender's)
 */
public record SessionIdentity(int flowId, long firstSequence, int ownSsrc) {
    /** Checks the flow id. */
    public SessionIdentity {
        if ((flowId & 1) != 0) {
            throw new IllegalArgumentException(
                    "flowId 0x"
                            + Integer.toHexString(flowId)
                            + " is odd; bit 0 marks retransmissions");
        }
    }
}
