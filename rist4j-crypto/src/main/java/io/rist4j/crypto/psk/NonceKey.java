package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/** What a receiver knows of one nonce of its peer. Reused for another nonce when it is given up. */
final class NonceKey {
    int nonce = Nonce.NONE;

    /** Absent while it is being derived. */
    @Nullable PskKey key;

    /** The passphrase that the key is of, by number. */
    int generation;

    /** The key of the other passphrase, where it was tried, and that passphrase by number. */
    private @Nullable PskKey spare;

    private int spareGeneration;

    /** What its derivation was taken from; null where it continues a stream. */
    @Nullable DerivationShare share;

    /** The derivation of the key, while it is under way. */
    @Nullable PendingKey pending;

    /** Its first packet stood close to the live stream. */
    boolean isNear;

    /** Packets made sense under this key. */
    boolean isConfirmed;

    /** Packets made sense under a key of this nonce, this one or the other secret's. */
    boolean wasConfirmed;

    /** Packets that made sense, one after the other, before it was confirmed. */
    int plausible;

    /** Packets, one after the other, that made no sense. */
    int implausible;

    /** When a key of a replaced passphrase ends. */
    long endsNs = SessionTime.NEVER;

    /** A count that grows with each use. */
    long lastUse;

    boolean isFree() {
        return nonce == Nonce.NONE;
    }

    void start(int newNonce, boolean near) {
        clear();
        nonce = newNonce;
        isNear = near;
    }

    void clear() {
        dropKey();
        nonce = Nonce.NONE;
        generation = 0;
        dropSpare();
        isNear = false;
        share = null;
        isConfirmed = false;
        wasConfirmed = false;
        plausible = 0;
        implausible = 0;
        endsNs = SessionTime.NEVER;
    }

    private void dropSpare() {
        if (spare != null) {
            spare.close();
            spare = null;
        }
    }

    /** Forgets keys of other passphrases; returns false where nothing is left. */
    boolean keepsOnly(int wanted) {
        if (generation != wanted && !turnsTo(wanted)) {
            return false;
        }
        dropSpare();
        return true;
    }

    /** Keeps the key beside, so that both secrets can be tried on each packet from now on. */
    void setAside() {
        dropSpare();
        spare = key;
        spareGeneration = generation;
        key = null;
        doubt();
    }

    /** Takes the key of a passphrase that was tried before, if it is there. */
    boolean turnsTo(int otherGeneration) {
        PskKey other = spare;
        if (other == null || spareGeneration != otherGeneration) {
            return false;
        }
        spare = key;
        spareGeneration = generation;
        key = other;
        generation = otherGeneration;
        doubt();
        return true;
    }

    private void doubt() {
        isConfirmed = false;
        plausible = 0;
    }

    /** Ends what it holds and what it waits for. */
    void dropKey() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        if (key != null) {
            key.close();
            key = null;
        }
    }
}
