package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.EapWriter;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Where frames of one machine are written, and the way out. */
final class FrameSender {
    /** For the writers, from index 0. */
    final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);

    private final EapOutput output;

    FrameSender(EapOutput output) {
        this.output = output;
    }

    /** What a writer just wrote. */
    byte[] written(int bytes) {
        return Arrays.copyOf(out.array(), bytes);
    }

    void transmit(long nowNs, byte[] frame) {
        output.transmit(nowNs, ByteBuffer.wrap(frame), 0, frame.length);
    }

    /** Sends the repeater's frame when it is due; returns whether it was. */
    boolean repeat(long nowNs, Repeater repeater) {
        boolean isDue = repeater.isDue(nowNs);
        if (isDue) {
            transmit(nowNs, repeater.frame());
        }
        return isDue;
    }
}
