package io.rist4j.session.guard;

import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.SrpCompat;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;

import org.jspecify.annotations.Nullable;

/**
 * How the tunnels of a session are secured (TR-06-2:2022 §7, Annex D). Prints no secret.
 *
 * @param secret the pre-shared secret; null for none
 * @param sealing how this end encrypts
 * @param credentials with which this end proves itself where it dials; null when it does not
 * @param users who may come in where this end listens; null when it does not ask
 * @param srpCompat which ways of hashing are tried
 * @param requiresEncryption whether an authenticated peer's clear datagrams are refused too, where
 *     the session key serves as secret; libRIST's callers send theirs in clear
 * @param insecureIv whether datagrams by the edition of 2020 are opened, whose key stream repeats
 */
public record SecurityConfig(
        @Nullable Passphrase secret,
        PskSealing sealing,
        @Nullable EapCredentials credentials,
        @Nullable VerifierLookup users,
        SrpCompat srpCompat,
        boolean requiresEncryption,
        boolean insecureIv) {
    /** No security. */
    public static final SecurityConfig NONE =
            new SecurityConfig(
                    null, PskSealing.ofBits(256), null, null, SrpCompat.AUTO, false, false);

    /** Whether a session may come to encrypt: under a secret, or under what a proof leads to. */
    public boolean encrypts() {
        return secret != null || credentials != null || users != null;
    }

    /**
     * A pre-shared secret alone.
     *
     * @param secret stays the caller's
     * @param sealing how this end encrypts
     */
    public static SecurityConfig ofSecret(Passphrase secret, PskSealing sealing) {
        return new SecurityConfig(secret, sealing, null, null, SrpCompat.AUTO, false, false);
    }

    /**
     * The same, proving itself where it dials.
     *
     * @param proof user name and password, which stay the caller's
     */
    public SecurityConfig withCredentials(EapCredentials proof) {
        return new SecurityConfig(
                secret, sealing, proof, users, srpCompat, requiresEncryption, insecureIv);
    }

    /**
     * The same, asking for proof where it listens.
     *
     * @param lookup finds the verifiers of those who may come in
     */
    public SecurityConfig withUsers(VerifierLookup lookup) {
        return new SecurityConfig(
                secret, sealing, credentials, lookup, srpCompat, requiresEncryption, insecureIv);
    }
}
