package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;

/** Effects of a {@link SenderFlow}. Implementations must not call back into the flow. */
public interface SenderSink {
    /**
     * Sends an original on the paths that the path policy chooses. The packet is valid during the
     * call only.
     *
     * @param packet {@link MediaPacket#retransmission} is false
     */
    void transmit(MediaPacket packet);

    /**
     * Sends a packet again on one path, marked as a retransmission.
     *
     * @param packet {@link MediaPacket#retransmission} is true; sequence and timestamp are the
     *     original's
     * @param path the path that the request came from
     */
    void retransmit(MediaPacket packet, int path);

    /**
     * Sends an original on one path whose peer could not be sent it before.
     *
     * @param packet {@link MediaPacket#retransmission} is false
     * @param path the path
     */
    default void catchUp(MediaPacket packet, int path) {
        retransmit(packet, path);
    }

    /**
     * Sends the last original once more, unmarked, on every live path: tail repair.
     *
     * @param packet {@link MediaPacket#retransmission} is false
     */
    void repeatLast(MediaPacket packet);
}
