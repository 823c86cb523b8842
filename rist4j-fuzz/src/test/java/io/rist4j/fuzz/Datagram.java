package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/**
 * A direct buffer that is exactly as long as what it holds, so that whoever reads beyond fails, and
 * that knows whether it was touched.
 */
final class Datagram {
    private final byte[] original;
    private final ByteBuffer buffer;

    Datagram(byte[]... parts) {
        int bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length;
        }
        original = new byte[bytes];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, original, at, part.length);
            at += part.length;
        }
        buffer = ByteBuffer.allocateDirect(bytes).put(0, original);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int bytes() {
        return original.length;
    }

    /** Fails unless content, position, limit and order are as at the start. */
    void assertUntouched() {
        byte[] now = new byte[original.length];
        buffer.get(0, now);
        assertThat(now).isEqualTo(original);
        assertThat(buffer.position()).isZero();
        assertThat(buffer.limit()).isEqualTo(original.length);
    }
}
