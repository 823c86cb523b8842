package io.rist4j.codec.eap;

import java.nio.ByteBuffer;

/**
 * The body of both validators: 31 reserved bits, U, and a proof of 32 octets (TR-06-2:2022
 * §D.3.4.6).
 */
public final class Validator {
    /** Octets of the body. */
    public static final int BYTES = 36;

    /** Octets of the proof. */
    public static final int PROOF_BYTES = 32;

    private static final int PROOF = 4;
    private static final int LEGACY_VERSION = 2;

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
        return version == LEGACY_VERSION ? b.getInt(at) == 1 : (b.get(at + 3) & 1) != 0;
    }

    /** A copy of the proof. */
    public static byte[] proof(ByteBuffer b, int at) {
        byte[] proof = new byte[PROOF_BYTES];
        b.get(at + PROOF, proof);
        return proof;
    }

    static void write(ByteBuffer b, int at, boolean usesSessionKey, byte[] proof) {
        b.putInt(at, usesSessionKey ? 1 : 0);
        b.put(at + PROOF, proof, 0, PROOF_BYTES);
    }
}
