package io.rist4j.crypto;

import io.rist4j.crypto.host.RandomOctets;

import java.util.Random;

/** Random octets that come again with the same seed. */
public final class SeededOctets implements RandomOctets {
    private final Random random;

    /** A new sequence. */
    public SeededOctets(long seed) {
        random = new Random(seed);
    }

    @Override
    public void fill(byte[] octets) {
        random.nextBytes(octets);
    }
}
