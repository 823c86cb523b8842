package io.rist4j.crypto.host;

/**
 * Random octets that nobody can predict: {@code SecureRandom::nextBytes} in production, a seeded
 * generator in a simulation.
 */
@FunctionalInterface
public interface RandomOctets {
    /** Overwrites the whole array. */
    void fill(byte[] octets);

    /** Four random octets as a number. */
    default int nextInt() {
        byte[] octets = new byte[4];
        fill(octets);
        return ((octets[0] & 0xFF) << 24)
                | ((octets[1] & 0xFF) << 16)
                | ((octets[2] & 0xFF) << 8)
                | (octets[3] & 0xFF);
    }
}
