package io.rist4j.crypto.psk;

import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The derived key of one nonce, as the block ciphers of both lengths. */
final class PskKey implements AutoCloseable {
    private static final int SHORT_KEY_BYTES = 16;

    private final byte[] octets;
    private @Nullable Cipher aes128;
    private @Nullable Cipher aes256;

    /**
     * @param octets 32; taken over
     */
    PskKey(byte[] octets) {
        this.octets = octets;
    }

    /** AES over single blocks, made at its first use. */
    Cipher aes(boolean is256) {
        Cipher known = is256 ? aes256 : aes128;
        if (known != null) {
            return known;
        }
        Cipher made = blockCipher(is256 ? octets.length : SHORT_KEY_BYTES);
        if (is256) {
            aes256 = made;
        } else {
            aes128 = made;
        }
        return made;
    }

    // ECB here is the bare block function on counter blocks that never repeat: this is CTR, without
    // the re-initialisation for each packet that the JDK's own CTR needs.
    @SuppressWarnings("InsecureCryptoUsage")
    private Cipher blockCipher(int keyBytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(octets, 0, keyBytes, "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks AES", e);
        }
    }

    /** Overwrites the octets and forgets the ciphers, whose own copies nobody can overwrite. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
        aes128 = null;
        aes256 = null;
    }
}
