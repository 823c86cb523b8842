package io.rist4j.cli.media;

import java.nio.ByteBuffer;

/** Takes what an input brings. */
@FunctionalInterface
public interface PayloadTarget {
    /**
     * Takes one payload. Called on the thread of the input.
     *
     * @param arrivalNs when it reached this host, on the pump's clock
     * @param buffer holds it, valid during the call only
     * @param at where it begins
     * @param bytes its length, at least 1
     */
    void onPayload(long arrivalNs, ByteBuffer buffer, int at, int bytes);
}
