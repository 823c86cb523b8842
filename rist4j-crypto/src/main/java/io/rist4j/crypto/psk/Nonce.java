package io.rist4j.crypto.psk;

/**
 * The nonce of the GRE key field: 32 bits, never 0, whose first bit, B, tells the passphrase slot
 * (TR-06-2:2022 §7.2 and §7.4).
 */
public final class Nonce {
    /** No nonce. */
    public static final int NONE = 0;

    private static final int B = 0x8000_0000;

    private Nonce() {}

    /** Whether the B bit selects the odd passphrase. */
    public static boolean isOdd(int nonce) {
        return (nonce & B) != 0;
    }

    static int withSlot(int random, boolean odd) {
        return odd ? random | B : random & ~B;
    }
}
