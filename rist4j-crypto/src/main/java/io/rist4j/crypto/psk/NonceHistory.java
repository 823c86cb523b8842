package io.rist4j.crypto.psk;

/**
 * Nonces that were used under the passphrases of a session, in either direction and on any path.
 *
 * <p>Both directions share a passphrase, so a nonce that comes twice, from whomever, is a key that
 * comes twice, and with it the key streams of equal sequence numbers. Spec: fresh random nonces.
 * libRIST: draws 24 random bits and remembers nothing. Ours: draws 31 and draws again when it meets
 * one that is remembered.
 *
 * <p>Remembers at least the latest 32 768. Not thread-safe.
 */
public final class NonceHistory {
    private static final int GENERATION = 1 << 15;

    private int[] present = new int[64];
    private int[] past = new int[1];
    private int size;

    /** Starts empty. */
    public NonceHistory() {}

    /** Whether the nonce is remembered. */
    public boolean contains(int nonce) {
        return present[slot(present, nonce)] == nonce || past[slot(past, nonce)] == nonce;
    }

    /**
     * Remembers a nonce.
     *
     * @param nonce not 0, which is no nonce
     */
    public void add(int nonce) {
        if (contains(nonce)) {
            return;
        }
        if (size == GENERATION) {
            past = present;
            present = new int[64];
            size = 0;
        }
        if (2 * (size + 1) > present.length) {
            grow();
        }
        present[slot(present, nonce)] = nonce;
        size++;
    }

    private void grow() {
        int[] old = present;
        present = new int[2 * old.length];
        for (int nonce : old) {
            if (nonce != 0) {
                present[slot(present, nonce)] = nonce;
            }
        }
    }

    /** Where the nonce is, or the free place where it would be; tables are at most half full. */
    private static int slot(int[] table, int nonce) {
        int mask = table.length - 1;
        int i = ((nonce * 0x9E37_79B9) >>> 12) & mask;
        while (table[i] != 0 && table[i] != nonce && mask != 0) {
            i = (i + 1) & mask;
        }
        return i;
    }
}
