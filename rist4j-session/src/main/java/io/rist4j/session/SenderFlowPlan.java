package io.rist4j.session;

/**
 * One flow of a sender.
 *
 * @param flowId its SSRC, even
 * @param firstSequence sequence number of its first packet, within the bits of the profile
 * @param virtualSourcePort where its media says it comes from inside a tunnel; 0 for what the
 *     tunnel says
 * @param virtualDestinationPort where it goes inside a tunnel, even; 0 for what the tunnel says
 */
public record SenderFlowPlan(
        int flowId, long firstSequence, int virtualSourcePort, int virtualDestinationPort) {
    /** Checks ranges. */
    public SenderFlowPlan {
        if ((flowId & 1) != 0) {
            throw new IllegalArgumentException(
                    "flowId 0x"
                            + Integer.toHexString(flowId)
                            + " is odd; bit 0 marks retransmissions");
        }
        if (virtualSourcePort < 0 || virtualSourcePort > 65_535) {
            throw new IllegalArgumentException(
                    "virtualSourcePort " + virtualSourcePort + " is outside 0..65535");
        }
        if (virtualDestinationPort < 0
                || virtualDestinationPort > 65_534
                || (virtualDestinationPort & 1) != 0) {
            throw new IllegalArgumentException(
                    "virtualDestinationPort "
                            + virtualDestinationPort
                            + " is not even and in 0..65534");
        }
    }
}
