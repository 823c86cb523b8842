package io.rist4j.testkit.simulation;

import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.srp.VerifierFile;
import io.rist4j.session.guard.SecurityConfig;
import io.rist4j.testkit.link.SeededRandom;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The secrets of simulated sessions: the same in all of them. */
final class Secrets {
    static final String USER = "caller";
    static final String PASSWORD = "correct horse battery staple";

    /** Verifiers take an exponentiation each: once for all simulations. */
    private static final VerifierFile USERS =
            VerifierFile.ofPasswords(
                    Map.of(USER, PASSWORD.toCharArray()), octets(new SeededRandom(1))::fill);

    private Secrets() {}

    /** Where octets come from in a simulation. */
    @FunctionalInterface
    interface Octets {
        void fill(byte[] octets);
    }

    static Octets octets(SeededRandom random) {
        return octets -> {
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) random.nextLong();
            }
        };
    }

    static byte[] user() {
        return USER.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] password() {
        return PASSWORD.getBytes(StandardCharsets.UTF_8);
    }

    /** The secret that both ends turn to by their so many'th change, the first one being 0. */
    static Passphrase secret(int number) {
        return Passphrase.ofText(("secret number " + number).toCharArray());
    }

    /** What one end is configured with. */
    static SecurityConfig config(TunnelScenario tunnel, boolean dials) {
        Protection protection = tunnel.protection();
        boolean isLong = protection != Protection.PSK_128;
        var sealing = new PskSealing(isLong, tunnel.rotationPackets(), false);
        SecurityConfig none = SecurityConfig.NONE;
        var config =
                new SecurityConfig(
                        protection.hasSecret() ? secret(0) : null,
                        sealing,
                        null,
                        null,
                        none.srpCompat(),
                        none.requiresEncryption(),
                        none.insecureIv());
        if (!protection.hasProof()) {
            return config;
        }
        return dials
                ? config.withCredentials(
                        new EapCredentials(USER.toCharArray(), PASSWORD.toCharArray()))
                : config.withUsers(VerifierLookup.of(USERS));
    }
}
