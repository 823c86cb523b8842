package io.rist4j.crypto.psk;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys from a passphrase and a nonce: PBKDF2 with HMAC-SHA-256 and 1024 rounds, the nonce being the
 * salt (TR-06-2:2022 §7.3).
 *
 * <p>One output block has 32 octets, so the 128-bit key is the beginning of the 256-bit key and one
 * derivation serves both. Written on {@link Mac} because the JDK's own PBKDF2 takes characters and
 * cannot express every octet string.
 */
public final class KeyDerivation {
    /** Octets of a derived key; its first 16 are the 128-bit key. */
    public static final int KEY_BYTES = 32;

    private static final int ROUNDS = 1024;
    private static final String HMAC = "HmacSHA256";

    private KeyDerivation() {}

    /**
     * The key of a nonce, 0.2 to 0.8 ms of work.
     *
     * @param passphrase not closed
     * @param nonce as on the wire, selector bit included
     * @return 32 octets, for the caller to overwrite
     */
    public static byte[] derive(Passphrase passphrase, int nonce) {
        byte[] octets = passphrase.octets();
        try {
            return derive(octets, nonce);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] derive(byte[] passphrase, int nonce) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(passphrase, HMAC));
            byte[] u =
                    mac.doFinal(
                            new byte[] {
                                (byte) (nonce >>> 24),
                                (byte) (nonce >>> 16),
                                (byte) (nonce >>> 8),
                                (byte) nonce,
                                0,
                                0,
                                0,
                                1 // the number of the first, and only, block
                            });
            byte[] key = u.clone();
            for (int round = 1; round < ROUNDS; round++) {
                mac.update(u);
                mac.doFinal(u, 0);
                for (int i = 0; i < KEY_BYTES; i++) {
                    key[i] ^= u[i];
                }
            }
            Arrays.fill(u, (byte) 0);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + HMAC, e);
        }
    }
}
