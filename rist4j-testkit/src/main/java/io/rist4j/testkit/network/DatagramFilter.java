package io.rist4j.testkit.network;

import java.nio.ByteBuffer;

/** Chooses datagrams of a {@link SimulatedNetwork} to be lost. */
@FunctionalInterface
public interface DatagramFilter {
    /**
     * Whether a datagram is lost.
     *
     * @param nowNs the present
     * @param route where it goes
     * @param buffer holds it; valid during the call
     * @param at where it begins
     * @param bytes its length
     */
    boolean loses(long nowNs, Route route, ByteBuffer buffer, int at, int bytes);
}
