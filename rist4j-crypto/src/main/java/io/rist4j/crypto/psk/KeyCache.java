package io.rist4j.crypto.psk;

import org.jspecify.annotations.Nullable;

/**
 * The nonces that a receiver has keys for: four confirmed ones, so that packets that a rotation
 * overtook still open, and four candidates.
 *
 * <p>Candidates never push out confirmed nonces, and strangers among them never push out those that
 * continue the live stream.
 */
final class KeyCache {
    private static final int CONFIRMED = 4;
    private static final int CANDIDATES = 4;

    private final NonceKey[] entries = new NonceKey[CONFIRMED + CANDIDATES];
    private long uses;

    KeyCache() {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new NonceKey();
        }
    }

    /** The entry of a nonce, if there is one. */
    @Nullable NonceKey find(int nonce) {
        for (NonceKey entry : entries) {
            if (entry.nonce == nonce) {
                entry.lastUse = ++uses;
                return entry;
            }
        }
        return null;
    }

    /** An entry to use for a new candidate, still holding what it is used for now, or null. */
    @Nullable NonceKey place(boolean isNear) {
        int candidates = 0;
        NonceKey free = null;
        NonceKey oldest = null;
        for (NonceKey entry : entries) {
            if (entry.isFree()) {
                free = entry;
            } else if (!entry.isConfirmed) {
                candidates++;
                if ((isNear || !entry.isNear) && isOlder(entry, oldest)) {
                    oldest = entry;
                }
            }
        }
        NonceKey place = candidates < CANDIDATES ? free : oldest;
        if (place != null) {
            place.lastUse = ++uses;
        }
        return place;
    }

    /** Counts an entry as confirmed; the one longest unused makes room. */
    void confirm(NonceKey confirmed) {
        int count = 0;
        NonceKey oldest = null;
        for (NonceKey entry : entries) {
            if (entry.isConfirmed) {
                count++;
                if (isOlder(entry, oldest)) {
                    oldest = entry;
                }
            }
        }
        if (count == CONFIRMED && oldest != null) {
            oldest.clear();
        }
        confirmed.isConfirmed = true;
        confirmed.wasConfirmed = true;
    }

    private static boolean isOlder(NonceKey entry, @Nullable NonceKey than) {
        return than == null || entry.lastUse < than.lastUse;
    }

    /** Lets keys of a replaced passphrase work on until then, and forgets those not yet proved. */
    void retire(int generation, long endsNs) {
        for (NonceKey entry : entries) {
            if (entry.isFree() || entry.generation != generation) {
                continue;
            }
            if (entry.isConfirmed) {
                entry.endsNs = Math.min(entry.endsNs, endsNs);
            } else {
                entry.clear();
            }
        }
    }

    /** Forgets every key that is not of this passphrase, spare ones too. */
    void keepOnly(int generation) {
        for (NonceKey entry : entries) {
            if (!entry.isFree() && !entry.keepsOnly(generation)) {
                entry.clear();
            }
        }
    }

    void clear() {
        for (NonceKey entry : entries) {
            entry.clear();
        }
    }
}
