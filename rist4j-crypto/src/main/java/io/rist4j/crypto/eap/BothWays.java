package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.Validator;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How two ends of this library agree, unseen by others and out of reach of whoever is between them,
 * that each direction is encrypted under a key of its own.
 *
 * <p>Spec: the caller's direction is under the session key where it says so (U, §D.3.4.6). libRIST:
 * listeners refuse what such a caller encrypts. Ours: the caller says so in two places. Its public
 * value A ends in {@link #PADDED_ENDING} or {@link #UNPADDED_ENDING}, which the key and both proofs
 * depend on; and its validator has a bit, T, that keeps other callers, of whose values one in 2 048
 * ends so, from being taken for it. Who removes T shows by A; who sets it cannot make the A. A
 * listener that understands answers with another proof in place of M2, which nobody without the key
 * can turn into M2 or the other way round. What it answers with says too whether it hands out a
 * secret of its own.
 *
 * <p>Which ending it is tells how the caller hashes in this exchange. The listener hashes alike, so
 * that failures which only one end saw, or which somebody forged, do not set the two apart.
 */
public final class BothWays {
    /** How many bits of A are taken: a foreign caller's exchange is repeated once in 2^11. */
    static final int BITS = 12;

    /** What A ends in where the operands of k and u are as long as the modulus. */
    static final int PADDED_ENDING = 0x4B4;

    /** What A ends in where they have their shortest form. */
    static final int UNPADDED_ENDING = 0xB4B;

    private static final String HMAC = "HmacSHA256";
    private static final String PROOF = "rist4j both ways, ";
    private static final String CALLER = "rist4j caller's direction";

    private BothWays() {}

    /**
     * The exponent of a caller that keys both ways.
     *
     * @param srp as it hashes in this exchange
     * @param random 32 random octets
     */
    public static byte[] exponent(Srp srp, byte[] random) {
        int ending = srp.mode().isPadded() ? PADDED_ENDING : UNPADDED_ENDING;
        return srp.exponentEndingIn(random, BITS, ending);
    }

    /** Whether A is that of a caller that keys both ways, or by chance of another one. */
    static boolean isMarked(byte[] clientKey) {
        int ending = ending(clientKey);
        return ending == PADDED_ENDING || ending == UNPADDED_ENDING;
    }

    /**
     * How a caller hashes whose A is marked.
     *
     * @param isLegacy whether the exchange is one of version 2
     */
    static SrpMode mode(byte[] clientKey, boolean isLegacy) {
        if (ending(clientKey) == PADDED_ENDING) {
            return isLegacy ? SrpMode.LEGACY_PADDED : SrpMode.PADDED;
        }
        return isLegacy ? SrpMode.LEGACY : SrpMode.UNPADDED;
    }

    private static int ending(byte[] clientKey) {
        int last = clientKey[clientKey.length - 1] & 0xFF;
        int before = clientKey.length < 2 ? 0 : clientKey[clientKey.length - 2] & 0xFF;
        return (before << 8 | last) & ((1 << BITS) - 1);
    }

    /**
     * What a listener that keys both ways proves itself with.
     *
     * @param usesSessionKey whether it sends under the session key, or a secret
     */
    static byte[] proof(SrpSession session, boolean usesSessionKey) {
        byte[] key = session.key();
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            String under = usesSessionKey ? "session key" : "secret";
            mac.update((PROOF + under).getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(session.serverProof());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + HMAC, e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Whether a listener's validator has that proof. */
    static boolean isProved(ByteBuffer b, int at, SrpSession session, boolean usesSessionKey) {
        return MessageDigest.isEqual(Validator.proof(b, at), proof(session, usesSessionKey));
    }

    /** What the caller's direction is encrypted under; the listener's is under the key itself. */
    public static Passphrase callersKey(Passphrase sessionKey) {
        byte[] key = expand(sessionKey, CALLER);
        Passphrase made = Passphrase.ofOctets(key);
        Arrays.fill(key, (byte) 0);
        return made;
    }

    /** The first block of HKDF-Expand with SHA-256 (RFC 5869 §2.3). */
    static byte[] expand(Passphrase sessionKey, String info) {
        byte[] key = sessionKey.octets();
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(info.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(new byte[] {1});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + HMAC, e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
