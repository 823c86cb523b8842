package io.rist4j;

/**
 * Takes the packets of a receiver as they come out, without a queue and without a copy.
 *
 * <p>Called on the network thread, which also serves the other sessions of its pump: a handler must
 * not block, and what takes longer than some microseconds belongs on another thread. One that
 * throws is logged; the session goes on.
 */
@FunctionalInterface
public interface RistBlockHandler {
    /**
     * Takes the next packet, in order.
     *
     * @param block valid during the call only; {@link RistBlockView#toBlock} makes a copy to keep
     */
    void onBlock(RistBlockView block);
}
