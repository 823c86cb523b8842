package io.rist4j.crypto.srp;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The computations of SRP-6a (RFC 5054 §2.5, TR-06-2:2022 Annex D) in one group and one {@link
 * SrpMode}.
 *
 * <p>Values on the wire are octet strings, big-endian, with or without leading zeros. Whatever
 * would make the session key known to somebody without the password (a public value that is 0
 * modulo N, u = 0) is refused by answering null.
 *
 * @param group the group; {@link SrpGroup#DEFAULT} with every peer
 * @param mode the peer's way to hash
 */
public record Srp(SrpGroup group, SrpMode mode) {
    /**
     * Octets of secret exponents: enough for the group, and several times quicker than long ones.
     */
    public static final int EXPONENT_BYTES = 32;

    /** Longest salt that libRIST takes. */
    public static final int MAX_SALT_BYTES = 64;

    private static final byte[] COLON = {':'};

    private static final int MAX_WALK = 64;

    /** In the default group. */
    public static Srp of(SrpMode mode) {
        return new Srp(SrpGroup.DEFAULT, mode);
    }

    /**
     * The verifier of a password: one exponentiation.
     *
     * @param user octets of the user name
     * @param password octets of the password
     * @param salt 1 to 64 octets
     * @return g^x, without leading zeros
     */
    public byte[] verifier(byte[] user, byte[] password, byte[] salt) {
        return shortest(generator().modPow(x(user, password, salt), modulus()));
    }

    /** A or the power in B: one exponentiation. */
    private BigInteger power(byte[] exponent) {
        return generator().modPow(new BigInteger(1, exponent), modulus());
    }

    /**
     * The client's public value, A: one exponentiation.
     *
     * @param exponent a, 32 random octets
     */
    public byte[] clientPublic(byte[] exponent) {
        return shortest(power(exponent));
    }

    /**
     * An exponent whose power ends in these bits, found by walking on from a random one: one
     * exponentiation, and a doubling for each step, of which 2^bits are needed on average.
     *
     * <p>For clients only. A walk towards such a B would tell who listens which passwords may be
     * right, for it would be longer under the right one.
     *
     * @param exponent 32 random octets
     * @param bits how many, 1 to 16
     * @param ending what they are to be
     * @return where it ended; after 64 · 2^bits steps, wherever that is
     */
    public byte[] exponentEndingIn(byte[] exponent, int bits, int ending) {
        BigInteger start = new BigInteger(1, exponent);
        BigInteger value = generator().modPow(start, modulus());
        int mask = (1 << bits) - 1;
        int steps = 0;
        while ((value.intValue() & mask) != ending && steps < MAX_WALK << bits) {
            value = value.multiply(generator());
            if (value.compareTo(modulus()) >= 0) {
                value = value.mod(modulus());
            }
            steps++;
        }
        return shortest(start.add(BigInteger.valueOf(steps)));
    }

    /**
     * The server's public value, B: one exponentiation.
     *
     * @param verifier the user's
     * @param exponent b, 32 random octets
     */
    public byte[] serverPublic(byte[] verifier, byte[] exponent) {
        BigInteger kv = k().multiply(new BigInteger(1, verifier));
        return shortest(kv.add(power(exponent)).mod(modulus()));
    }

    /**
     * The client's session: two exponentiations.
     *
     * @param exponent a
     * @param serverPublic B, as received
     * @return null when B is 0 modulo N, longer than N or empty, or u is 0
     */
    public @Nullable SrpSession clientSession(
            byte[] user, byte[] password, byte[] salt, byte[] exponent, byte[] serverPublic) {
        BigInteger server = publicValue(serverPublic);
        if (server == null) {
            return null;
        }
        BigInteger client = power(exponent);
        BigInteger u = u(client, server);
        if (client.signum() == 0 || u.mod(modulus()).signum() == 0) {
            return null;
        }
        BigInteger x = x(user, password, salt);
        BigInteger gx = generator().modPow(x, modulus());
        BigInteger base = server.subtract(k().multiply(gx)).mod(modulus());
        BigInteger secret = base.modPow(new BigInteger(1, exponent).add(u.multiply(x)), modulus());
        return session(user, salt, client, server, secret);
    }

    /**
     * The server's session: two exponentiations, and one more for B.
     *
     * @param verifier the user's
     * @param exponent b
     * @param clientPublic A, as received
     * @return null when A is 0 modulo N, longer than N or empty, or u is 0, or the verifier is 0
     *     modulo N
     */
    public @Nullable SrpSession serverSession(
            byte[] user, byte[] verifier, byte[] salt, byte[] exponent, byte[] clientPublic) {
        BigInteger client = publicValue(clientPublic);
        BigInteger v = publicValue(verifier);
        if (client == null || v == null) {
            return null;
        }
        BigInteger server = new BigInteger(1, serverPublic(verifier, exponent));
        BigInteger u = u(client, server);
        if (server.signum() == 0 || u.mod(modulus()).signum() == 0) {
            return null;
        }
        BigInteger base = client.multiply(v.modPow(u, modulus())).mod(modulus());
        BigInteger secret = base.modPow(new BigInteger(1, exponent), modulus());
        return session(user, salt, client, server, secret);
    }

    /** A value from the peer, or null when it must not be used. */
    private @Nullable BigInteger publicValue(byte[] octets) {
        if (octets.length == 0 || octets.length > group.bytes()) {
            return null;
        }
        BigInteger value = new BigInteger(1, octets);
        return value.mod(modulus()).signum() == 0 ? null : value;
    }

    /** Whether a public value of the peer may be used, at no cost. */
    public boolean isUsable(byte[] publicValue) {
        return publicValue(publicValue) != null;
    }

    private SrpSession session(
            byte[] user, byte[] salt, BigInteger client, BigInteger server, BigInteger secret) {
        byte[] shared = shortest(secret);
        byte[] key = sha256(shared);
        Arrays.fill(shared, (byte) 0);
        byte[] groupHash = sha256(shortest(modulus()));
        byte[] generatorHash = sha256(shortest(generator()));
        for (int i = 0; i < groupHash.length; i++) {
            groupHash[i] ^= generatorHash[i];
        }
        byte[] clientProof =
                streamed(
                        groupHash,
                        sha256(user),
                        stripped(salt),
                        shortest(client),
                        shortest(server),
                        key);
        byte[] serverProof = streamed(shortest(client), clientProof, key);
        return new SrpSession(key, clientProof, serverProof);
    }

    private BigInteger x(byte[] user, byte[] password, byte[] salt) {
        return new BigInteger(1, sha256(stripped(salt), streamed(user, COLON, password)));
    }

    private BigInteger k() {
        return pairHash(modulus(), generator());
    }

    private BigInteger u(BigInteger client, BigInteger server) {
        return pairHash(client, server);
    }

    private BigInteger pairHash(BigInteger first, BigInteger second) {
        return new BigInteger(
                1,
                mode.isPadded()
                        ? sha256(padded(first), padded(second))
                        : sha256(shortest(first), shortest(second)));
    }

    private byte[] streamed(byte[]... parts) {
        return mode.isLegacy() ? ZeroStateSha256.hash(parts) : sha256(parts);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    /** Salts are hashed as the integers that libRIST keeps them as. */
    private static byte[] stripped(byte[] salt) {
        int zeros = 0;
        while (zeros < salt.length && salt[zeros] == 0) {
            zeros++;
        }
        return Arrays.copyOfRange(salt, zeros, salt.length);
    }

    private static byte[] shortest(BigInteger value) {
        return stripped(value.toByteArray());
    }

    private byte[] padded(BigInteger value) {
        byte[] octets = shortest(value);
        int bytes = Math.max(group.bytes(), octets.length);
        byte[] padded = new byte[bytes];
        System.arraycopy(octets, 0, padded, bytes - octets.length, octets.length);
        return padded;
    }

    private BigInteger modulus() {
        return group.modulus();
    }

    private BigInteger generator() {
        return group.generator();
    }
}
