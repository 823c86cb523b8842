package io.rist4j.crypto.psk;

import java.nio.ByteBuffer;

/**
 * Seals packets of zeros that nobody gets, as {@link PskSender} seals those that leave: for who has
 * a JVM compile the cipher before the first of them. Not thread-safe.
 */
public final class CipherExercise {
    private static final int KEY_BYTES = 32;
    private static final int PACKET_BYTES = 1_316;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
    private final PskKey key = new PskKey(new byte[KEY_BYTES], new CounterMode.Scratch());
    private int sequence;

    /** Has a key of its own, which is all zeros. */
    public CipherExercise() {}

    /** Seals so many packets more. */
    public void seal(int packets) {
        for (int i = 0; i < packets; i++) {
            key.apply(true, packet, 0, PACKET_BYTES, sequence++, false);
        }
    }
}
