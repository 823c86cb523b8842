package io.rist4j.codec.eap;

import java.nio.ByteBuffer;

/**
 * The body of both validators: 30 reserved bits, T, U, and a proof of 32 octets (TR-06-2:2022
 * §D.3.4.6).
 *
 * <p>Spec: 31 reserved bits. Ours: a caller says in the last of them, T, that it encrypts what it
 * sends when the listener understands that. Nobody else looks at it.
 */
public final class Validator {
    /** Octets of the body. */
    public static final int BYTES = 36;

    /** Octets of the proof. */
    public static final int PROOF_BYTES = 32;

    private static final int PROOF = 4;
    private static final int LEGACY_VERSION = 2;
    private static final int SESSION_KEY = 1;
    private static final int BOTH_WAYS = 2;

    private Validator() {}

    /**
     * U: the sender of this will use the session key as its passphrase.
     *
     * <p>libRIST: 0.2.7 knows no U and leaves what its memory held in the four octets, 0.2.12
     * writes it in version 2 too. Ours: believes it in version 2 where the reserved bits are 0, as
     * they have to be.
     *
     * @param version of the exchange
     */
    public static boolean usesSessionKey(ByteBuffer b, int at, int version) {
        return version == LEGACY_VERSION ? b.getInt(at) == 1 : (b.get(at + 3) & SESSION_KEY) != 0;
    }

    /** T: the sender of this, a caller, keys its direction too, if the listener does so. */
    public static boolean keysBothWays(ByteBuffer b, int at, int version) {
        return version != LEGACY_VERSION && (b.get(at + 3) & BOTH_WAYS) != 0;
    }

    /** A copy of the proof. */
    public static byte[] proof(ByteBuffer b, int at) {
        byte[] proof = new byte[PROOF_BYTES];
        b.get(at + PROOF, proof);
        return proof;
    }

    static void write(
            ByteBuffer b, int at, boolean usesSessionKey, boolean keysBothWays, byte[] proof) {
        b.putInt(at, (usesSessionKey ? SESSION_KEY : 0) | (keysBothWays ? BOTH_WAYS : 0));
        b.put(at + PROOF, proof, 0, PROOF_BYTES);
    }
}
