package io.rist4j.crypto.psk;

import io.rist4j.crypto.host.Computation;

import org.jspecify.annotations.Nullable;

/** The derivation of one key, on its way through a worker. */
final class PendingKey implements Computation {
    /** Takes the 32 octets of a finished key, or overwrites them when they are no longer wanted. */
    @FunctionalInterface
    interface Taker {
        void take(long nowNs, PendingKey pending, byte[] octets);
    }

    final int nonce;

    /** Which passphrase, by the number that its owner gave it. */
    final int generation;

    private final Passphrase passphrase;
    private final Taker taker;
    private byte @Nullable [] octets;

    /**
     * @param passphrase copied
     */
    PendingKey(int nonce, int generation, Passphrase passphrase, Taker taker) {
        this.nonce = nonce;
        this.generation = generation;
        this.passphrase = passphrase.copy();
        this.taker = taker;
    }

    @Override
    public void compute() {
        octets = KeyDerivation.derive(passphrase, nonce);
        passphrase.close();
    }

    @Override
    public void onComputed(long nowNs) {
        byte[] finished = octets;
        if (finished != null) {
            octets = null;
            taker.take(nowNs, this, finished);
        }
    }
}
