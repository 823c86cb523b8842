package io.rist4j.testkit.impair;

import io.rist4j.testkit.link.LinkCounters;

/**
 * What a {@link UdpImpairment} did so far.
 *
 * @param forward from the dialling peer to the target
 * @param backward from the target to the dialling peer
 */
public record ImpairmentStats(Direction forward, Direction backward) {
    /**
     * One direction. What the model dropped is in {@link #link}; every other loss is the proxy's
     * own and spoils a measurement.
     *
     * @param link what the model decided
     * @param sent datagrams handed to the system
     * @param sentBytes their bytes
     * @param unroutable datagrams that came before the peer of the other side was known, or from a
     *     stranger while the peer was there
     * @param overMemory datagrams that found the proxy's memory full
     * @param refused datagrams that the system did not take
     * @param kernelDropped datagrams that the system dropped before the proxy read them, for its
     *     receive buffer was full; -1 where the system does not tell
     */
    public record Direction(
            LinkCounters link,
            long sent,
            long sentBytes,
            long unroutable,
            long overMemory,
            long refused,
            long kernelDropped) {
        /** Datagrams that the proxy lost although the model would have let them pass. */
        public long ownDrops() {
            return overMemory + refused + Math.max(0, kernelDropped);
        }
    }

    /** Datagrams that the proxy lost although the model would have let them pass. */
    public long ownDrops() {
        return forward.ownDrops() + backward.ownDrops();
    }
}
