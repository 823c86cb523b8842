package io.rist4j.crypto.psk;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The derived key of one nonce, as the ciphers of both lengths. */
final class PskKey implements AutoCloseable {
    private static final int SHORT_KEY_BYTES = 16;

    private final byte[] octets;
    private final CounterMode.Scratch scratch;
    private @Nullable CounterMode aes128;
    private @Nullable CounterMode aes256;

    /**
     * @param octets 32; taken over
     * @param scratch shared by keys of one thread
     */
    PskKey(byte[] octets, CounterMode.Scratch scratch) {
        this.octets = octets;
        this.scratch = scratch;
    }

    /** Encrypts or decrypts a packet in place. */
    void apply(
            boolean isAes256, ByteBuffer b, int at, int bytes, int sequence, boolean sequenceLast) {
        CounterMode cipher = isAes256 ? aes256 : aes128;
        if (cipher == null) {
            cipher = start(isAes256);
        }
        cipher.apply(b, at, bytes, sequence, sequenceLast);
    }

    private CounterMode start(boolean isAes256) {
        if (isAes256) {
            aes256 = new CounterMode(octets, scratch);
            return aes256;
        }
        byte[] beginning = Arrays.copyOf(octets, SHORT_KEY_BYTES);
        aes128 = new CounterMode(beginning, scratch);
        Arrays.fill(beginning, (byte) 0);
        return aes128;
    }

    /** Overwrites the octets and forgets the ciphers. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
        if (aes128 != null) {
            aes128.close();
            aes128 = null;
        }
        if (aes256 != null) {
            aes256.close();
            aes256 = null;
        }
    }
}
