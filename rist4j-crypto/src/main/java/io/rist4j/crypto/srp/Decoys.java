package io.rist4j.crypto.srp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What unknown users are challenged with: a verifier that fits no password, of the form and cost of
 * real ones, and the same for a name each time, so that nobody can tell a name that is unknown.
 *
 * <p>All of it is drawn from a secret, the name and the kind; salts are as long as those of the
 * users who are there, as often. Adding a user changes no decoy while its salt is as long as the
 * others. Immutable, safe for use by several threads.
 */
public final class Decoys {
    /** Fewest octets of a secret that decoys are drawn from. */
    public static final int LEAST_SECRET_BYTES = 16;

    private static final String HMAC = "HmacSHA256";
    private static final int[] USUAL = {SrpVerifier.SALT_BYTES};

    private final SecretKeySpec secret;
    private final int[] modernSalts;
    private final int[] legacySalts;

    /**
     * Decoys for users whose salts have these lengths.
     *
     * @param secret that nobody can guess, and no function of a password; copied
     * @param modernSalts octets of each user's salt, 1 to 64; empty for the usual length
     * @param legacySalts the same of legacy verifiers
     */
    Decoys(byte[] secret, int[] modernSalts, int[] legacySalts) {
        this.secret = new SecretKeySpec(secret, HMAC);
        this.modernSalts = sorted(modernSalts);
        this.legacySalts = sorted(legacySalts);
    }

    /**
     * Decoys for users whose salts have the usual 32 octets.
     *
     * @param secret 16 or more octets that nobody can guess, and no function of a password; copied.
     *     The same secret makes the same decoys
     * @throws IllegalArgumentException when the secret is shorter
     */
    public static Decoys of(byte[] secret) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "secret of decoys of "
                            + secret.length
                            + " octets is shorter than "
                            + LEAST_SECRET_BYTES
                            + " octets");
        }
        return new Decoys(secret, USUAL, USUAL);
    }

    private static int[] sorted(int[] lengths) {
        int[] copy = lengths.length == 0 ? USUAL.clone() : lengths.clone();
        Arrays.sort(copy);
        return copy;
    }

    /**
     * The decoy of a name.
     *
     * @param user octets of the name
     * @param isLegacy which of the two kinds
     */
    public SrpVerifier verifier(byte[] user, boolean isLegacy) {
        byte[] first = octets(user, isLegacy, 0);
        int[] lengths = isLegacy ? legacySalts : modernSalts;
        long draw = ByteBuffer.wrap(octets(user, isLegacy, 1)).getInt() & 0xFFFF_FFFFL;
        byte[] salt = new byte[lengths[(int) ((draw * lengths.length) >>> Integer.SIZE)]];
        byte[] more = octets(user, isLegacy, 2);
        for (int i = 0; i < salt.length; i++) {
            salt[i] = i < first.length ? first[i] : more[i - first.length];
        }
        if (salt[0] == 0) {
            salt[0] = 1;
        }
        ByteBuffer verifier = ByteBuffer.allocate(SrpGroup.DEFAULT.bytes());
        for (int block = 3; verifier.hasRemaining(); block++) {
            verifier.put(octets(user, isLegacy, block));
        }
        BigInteger reduced = new BigInteger(1, verifier.array()).mod(SrpGroup.DEFAULT.modulus());
        byte[] signed = reduced.setBit(0).toByteArray();
        byte[] unsigned = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        return new SrpVerifier(isLegacy, salt, unsigned);
    }

    private byte[] octets(byte[] user, boolean isLegacy, int block) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            mac.update((byte) block);
            mac.update((byte) (isLegacy ? 0 : 1));
            return mac.doFinal(user);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "Decoys[***]";
    }
}
