package io.rist4j.crypto.srp;

import io.rist4j.crypto.host.RandomOctets;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a server keeps instead of a password: a salt and a verifier, in the default group. Whoever
 * reads it can test passwords at leisure, but not log in with it.
 */
public final class SrpVerifier {
    /** Octets of the salts that are drawn here. */
    public static final int SALT_BYTES = 32;

    private final boolean isLegacy;
    private final byte[] salt;
    private final byte[] verifier;

    /**
     * A known pair.
     *
     * @param isLegacy for {@link SrpMode#LEGACY} and {@link SrpMode#LEGACY_PADDED}, otherwise for
     *     both of the others
     * @param salt 1 to 64 octets; copied
     * @param verifier 1 to 256 octets; copied
     * @throws IllegalArgumentException when out of range
     */
    public SrpVerifier(boolean isLegacy, byte[] salt, byte[] verifier) {
        if (salt.length == 0 || salt.length > Srp.MAX_SALT_BYTES) {
            throw new IllegalArgumentException(
                    "salt of " + salt.length + " octets is outside 1..64 octets");
        }
        if (!Srp.of(SrpMode.PADDED).isUsable(verifier)) {
            throw new IllegalArgumentException("verifier is no element of the 2048-bit group");
        }
        this.isLegacy = isLegacy;
        this.salt = salt.clone();
        this.verifier = verifier.clone();
    }

    /**
     * A new one for a password: one exponentiation.
     *
     * @param user octets of the user name
     * @param password octets of the password
     */
    public static SrpVerifier create(
            boolean isLegacy, byte[] user, byte[] password, RandomOctets random) {
        byte[] salt = new byte[SALT_BYTES];
        do {
            random.fill(salt);
        } while (salt[0] == 0); // peers lose leading zeros, not all in the same places
        Srp srp = Srp.of(isLegacy ? SrpMode.LEGACY : SrpMode.PADDED);
        return new SrpVerifier(isLegacy, salt, srp.verifier(user, password, salt));
    }

    /** Which modes it is for. */
    public boolean isLegacy() {
        return isLegacy;
    }

    /** A copy of the salt. */
    public byte[] salt() {
        return salt.clone();
    }

    /** Octets of the salt. */
    int saltBytes() {
        return salt.length;
    }

    /** A copy of the verifier. */
    public byte[] verifier() {
        return verifier.clone();
    }

    /** Whether this is the very same record of a password. */
    public boolean isSame(SrpVerifier other) {
        return isLegacy == other.isLegacy
                && Arrays.equals(salt, other.salt)
                && MessageDigest.isEqual(verifier, other.verifier);
    }

    @Override
    public String toString() {
        return isLegacy ? "SrpVerifier[legacy, ***]" : "SrpVerifier[***]";
    }
}
