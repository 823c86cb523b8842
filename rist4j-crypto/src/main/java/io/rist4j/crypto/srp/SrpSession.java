package io.rist4j.crypto.srp;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What both ends hold when the password was right: the session key and the two proofs. Not yet
 * proof of anything: the peer's value must match first.
 */
public final class SrpSession implements AutoCloseable {
    /** Octets of the session key and of each proof. */
    public static final int BYTES = 32;

    private final byte[] key;
    private final byte[] clientProof;
    private final byte[] serverProof;

    SrpSession(byte[] key, byte[] clientProof, byte[] serverProof) {
        this.key = key;
        this.clientProof = clientProof;
        this.serverProof = serverProof;
    }

    /** A copy of K, 32 octets, for the caller to overwrite. */
    public byte[] key() {
        return key.clone();
    }

    /** A copy of M1. */
    public byte[] clientProof() {
        return clientProof.clone();
    }

    /** A copy of M2. */
    public byte[] serverProof() {
        return serverProof.clone();
    }

    /** Whether this is M1; takes the same time wherever it differs. */
    public boolean isClientProof(byte[] claimed) {
        return MessageDigest.isEqual(clientProof, claimed);
    }

    /** Whether this is M2; takes the same time wherever it differs. */
    public boolean isServerProof(byte[] claimed) {
        return MessageDigest.isEqual(serverProof, claimed);
    }

    /** Overwrites everything. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(clientProof, (byte) 0);
        Arrays.fill(serverProof, (byte) 0);
    }

    @Override
    public String toString() {
        return "SrpSession[***]";
    }
}
