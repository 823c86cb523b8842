package io.rist4j.codec.control;

import java.nio.ByteBuffer;

/**
 * A message that is said rarely: a few times a second at most. The peer's word, which may be
 * hostile, within the ranges that the record states. Immutable.
 */
public sealed interface ControlMessage permits BufferNegotiation, FutureNonce, KeepAlive {
    /** Takes what was read. */
    @FunctionalInterface
    interface Handler {
        /**
         * A message came.
         *
         * @param message which; owns its bytes
         */
        void onControl(ControlMessage message);
    }

    /**
     * Writes the message, behind whatever frames it.
     *
     * @param b where to write, big-endian, with room for {@link #bytes}
     * @param at where to begin
     * @return the bytes written
     */
    int write(ByteBuffer b, int at);

    /** How many bytes {@link #write} writes. */
    int bytes();

    /** Whether the peer says by it that it leaves. */
    default boolean isFarewell() {
        return false;
    }
}
