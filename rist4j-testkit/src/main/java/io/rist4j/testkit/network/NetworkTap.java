package io.rist4j.testkit.network;

import java.nio.ByteBuffer;

/** Sees every datagram of a {@link SimulatedNetwork} without touching it. */
public interface NetworkTap {
    /**
     * A datagram entered a link.
     *
     * @param nowNs the present
     * @param route where it goes
     * @param buffer holds it; valid during the call
     * @param at where it begins
     * @param bytes its length
     * @param copies how many will arrive: 0 when the link loses it
     */
    default void onSent(
            long nowNs, Route route, ByteBuffer buffer, int at, int bytes, int copies) {}

    /**
     * A copy of a datagram reached its host.
     *
     * @param nowNs the present
     * @param route where it came along
     * @param buffer holds it; valid during the call
     * @param at where it begins
     * @param bytes its length
     */
    default void onArrived(long nowNs, Route route, ByteBuffer buffer, int at, int bytes) {}
}
