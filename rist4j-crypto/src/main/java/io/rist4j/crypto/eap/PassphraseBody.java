package io.rist4j.crypto.eap;

import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The body of a passphrase response: flags, and the passphrase under the session key (TR-06-2:2022
 * §D.3.4.9).
 *
 * <pre>
 *   | U H 0 0 0 0 0 0 |                                          U: the passphrase is the session key
 *   | 0 H 0 0 0 0 0 0 | AES-CTR of the passphrase |              H: under 256 bits of it, or 128
 *   | 0 1 0 0 0 0 0 0 | nonce, 12 | AES-256-GCM and tag, 16 |    EAPOL version 4
 * </pre>
 *
 * <p>Spec: the identifier is the first octet of the counter block. libRIST, ristgo, ristrust: the
 * last one. Ours: the last one.
 */
public final class PassphraseBody {
    private static final int USES_SESSION_KEY = 0x80;
    private static final int AES_256 = 0x40;

    private static final int SHORT_KEY_BYTES = 16;
    private static final int BLOCK_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_BYTES = 255;

    private PassphraseBody() {}

    /** The session key serves. */
    public static byte[] ofSessionKey() {
        return new byte[] {(byte) USES_SESSION_KEY};
    }

    /** Whether it says that the session key serves. */
    public static boolean isSessionKey(byte[] body) {
        return (body[0] & USES_SESSION_KEY) != 0;
    }

    /**
     * A passphrase under 256 bits of the session key, for EAPOL versions up to 3.
     *
     * @param identifier of the frame; never twice under one session key
     */
    public static byte[] seal(Passphrase sessionKey, int identifier, Passphrase passphrase) {
        byte[] octets = passphrase.octets();
        byte[] sealed = counterMode(sessionKey, true, identifier, octets, 0);
        Arrays.fill(octets, (byte) 0);
        byte[] body = new byte[1 + sealed.length];
        body[0] = AES_256;
        System.arraycopy(sealed, 0, body, 1, sealed.length);
        return body;
    }

    /**
     * Opens what {@link #seal} makes. There is no integrity: whatever comes out is used.
     *
     * @return null when there is no passphrase in it
     */
    public static @Nullable Passphrase open(Passphrase sessionKey, int identifier, byte[] body) {
        if (body.length < 2 || body.length > 1 + MAX_BYTES || isSessionKey(body)) {
            return null;
        }
        byte[] octets = counterMode(sessionKey, (body[0] & AES_256) != 0, identifier, body, 1);
        Passphrase opened = Passphrase.ofOctets(octets);
        Arrays.fill(octets, (byte) 0);
        return opened;
    }

    private static byte[] counterMode(
            Passphrase sessionKey, boolean isAes256, int identifier, byte[] in, int at) {
        byte[] start = new byte[BLOCK_BYTES];
        start[BLOCK_BYTES - 1] = (byte) identifier;
        byte[] key = sessionKey.octets();
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            var spec = new SecretKeySpec(key, 0, isAes256 ? key.length : SHORT_KEY_BYTES, "AES");
            cipher.init(Cipher.ENCRYPT_MODE, spec, new IvParameterSpec(start));
            return cipher.doFinal(in, at, in.length - at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks AES in counter mode", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * A passphrase for EAPOL version 4.
     *
     * @param isToServer the direction, which has a key of its own
     * @param counter grows with every frame of the direction
     */
    public static byte[] sealVersion4(
            Passphrase sessionKey,
            boolean isToServer,
            int identifier,
            long counter,
            Passphrase passphrase) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(4, counter).array();
        byte[] octets = passphrase.octets();
        try {
            byte[] sealed =
                    gcm(Cipher.ENCRYPT_MODE, sessionKey, isToServer, identifier, nonce)
                            .doFinal(octets);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put((byte) AES_256)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /**
     * Opens a body of EAPOL version 4.
     *
     * @return null when it is not genuine
     */
    public static @Nullable Passphrase openVersion4(
            Passphrase sessionKey, boolean isToServer, int identifier, byte[] body) {
        int sealedAt = 1 + NONCE_BYTES;
        if (body.length <= sealedAt + TAG_BITS / 8 || body[0] != AES_256) {
            return null;
        }
        byte[] nonce = Arrays.copyOfRange(body, 1, sealedAt);
        try {
            byte[] octets =
                    gcm(Cipher.DECRYPT_MODE, sessionKey, isToServer, identifier, nonce)
                            .doFinal(body, sealedAt, body.length - sealedAt);
            Passphrase opened = Passphrase.ofOctets(octets);
            Arrays.fill(octets, (byte) 0);
            return opened;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static Cipher gcm(
            int mode, Passphrase sessionKey, boolean isToServer, int identifier, byte[] nonce)
            throws GeneralSecurityException {
        byte[] key = directionKey(sessionKey, isToServer);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        Arrays.fill(key, (byte) 0);
        cipher.updateAAD(new byte[] {2, (byte) identifier, 0x13, 0x10, AES_256});
        cipher.updateAAD(nonce);
        return cipher;
    }

    private static byte[] directionKey(Passphrase sessionKey, boolean isToServer) {
        return BothWays.expand(sessionKey, "RIST-EAP-v4 pass " + (isToServer ? "c2s" : "s2c"));
    }

    /** The number of a body of EAPOL version 4, which grows from 0 on; -1 when it is none. */
    static long counter(byte[] body) {
        boolean isSealed = body.length > 1 + NONCE_BYTES + TAG_BITS / 8 && body[0] == AES_256;
        return isSealed ? ByteBuffer.wrap(body).getLong(1 + Integer.BYTES) : -1;
    }
}
