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

    private Validator() {}

    /** U: the sender of this will use the session key as its passphrase. */
    public static boolean usesSessionKey(ByteBuffer b, int at) {
        return (b.get(at + 3) & 1) != 0;
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
