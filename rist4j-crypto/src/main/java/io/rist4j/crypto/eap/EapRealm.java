package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What the authenticators of one listener share: the users, the secret, and the limits on what
 * strangers may cause.
 */
public final class EapRealm implements AutoCloseable {
    private final VerifierLookup users;
    private @Nullable Passphrase secret;
    private final SrpCompat compat;
    private final byte[] decoyKey = new byte[32];
    private final GuessLimiter guesses = new GuessLimiter();

    private final ExchangeShares exchanges = new ExchangeShares();

    /**
     * A realm.
     *
     * @param secret the passphrase that this end transmits under, handed to authenticated peers
     *     that ask for it; null to transmit under the session key of each exchange
     */
    public EapRealm(
            VerifierLookup users,
            @Nullable Passphrase secret,
            SrpCompat compat,
            RandomOctets random) {
        this.users = users;
        this.secret = secret == null ? null : secret.copy();
        this.compat = compat;
        random.fill(decoyKey);
    }

    /**
     * Changes the passphrase that peers are handed which authenticate from now on; only where there
     * is one.
     *
     * @param changed copied
     */
    public void changeSecret(Passphrase changed) {
        if (secret != null) {
            secret.close();
            secret = changed.copy();
        }
    }

    @Nullable Passphrase secret() {
        return secret;
    }

    SrpCompat compat() {
        return compat;
    }

    GuessLimiter guesses() {
        return guesses;
    }

    ExchangeShares exchanges() {
        return exchanges;
    }

    @Nullable SrpVerifier find(byte[] user, boolean isLegacy) {
        return users.find(user, isLegacy);
    }

    /**
     * What the user is challenged with, known or not: after the same steps, so that the time tells
     * nothing.
     */
    SrpVerifier verifierOf(byte[] user, boolean isLegacy) {
        SrpVerifier decoy = users.decoys(decoyKey).verifier(user, isLegacy);
        SrpVerifier found = find(user, isLegacy);
        return found == null ? decoy : found;
    }

    /** Overwrites the secret. */
    @Override
    public void close() {
        Arrays.fill(decoyKey, (byte) 0);
        if (secret != null) {
            secret.close();
        }
    }
}
