package io.rist4j.crypto.psk;

import io.rist4j.crypto.host.Computation;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The derivation of one key, on its way through a worker. Once it is {@linkplain #cancel cancelled}
 * a worker that is late holds nothing of whoever asked.
 */
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
    private final @Nullable DerivationShare share;

    /** Absent once nobody waits for it. A worker that misses that derives in vain. */
    private @Nullable Taker taker;

    private byte @Nullable [] octets;

    /**
     * @param passphrase copied
     * @param share where it was taken from, told when it is over; null for none
     */
    PendingKey(
            int nonce,
            int generation,
            Passphrase passphrase,
            @Nullable DerivationShare share,
            Taker taker) {
        this.nonce = nonce;
        this.generation = generation;
        this.passphrase = passphrase.copy();
        this.share = share;
        this.taker = taker;
    }

    /** Nobody waits for it any more. Only on the owner's thread. */
    void cancel() {
        taker = null;
    }

    @Override
    public void compute() {
        if (taker != null) {
            octets = KeyDerivation.derive(passphrase, nonce);
        }
        passphrase.close();
    }

    @Override
    public void onComputed(long nowNs) {
        if (share != null) {
            share.onComputed();
        }
        byte[] finished = octets;
        octets = null;
        if (finished == null) {
            return;
        }
        if (taker != null) {
            taker.take(nowNs, this, finished);
        } else {
            Arrays.fill(finished, (byte) 0);
        }
    }
}
