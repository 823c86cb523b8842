package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpGroup;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the authenticators of one listener share: the users, the secret, and the limits on what
 * strangers may cause.
 */
public final class EapRealm implements AutoCloseable {
    private static final String HMAC = "HmacSHA256";

    private final VerifierLookup users;
    private @Nullable Passphrase secret;
    private final SrpCompat compat;
    private final byte[] decoyKey = new byte[32];
    private final GuessLimiter guesses = new GuessLimiter();

    /** Exchanges that are computed for, over all peers. */
    private final TokenBucket exchanges = TokenBucket.perSecond(100, 100);

    /**
     * A realm.
     *
     * @param secret the passphrase that this end transmits under, handed to authenticated peers
     *     that ask for it; null to transmit under the session key of each exchange
     */
    public EapRealm(
            VerifierLookup users,
            @Nullable Passphrase secret,
            SrpCompat compat,
            RandomOctets random) {
        this.users = users;
        this.secret = secret == null ? null : secret.copy();
        this.compat = compat;
        random.fill(decoyKey);
    }

    /**
     * Changes the passphrase that peers are handed which authenticate from now on; only where there
     * is one.
     *
     * @param changed copied
     */
    public void changeSecret(Passphrase changed) {
        if (secret != null) {
            secret.close();
            secret = changed.copy();
        }
    }

    @Nullable Passphrase secret() {
        return secret;
    }

    SrpCompat compat() {
        return compat;
    }

    GuessLimiter guesses() {
        return guesses;
    }

    TokenBucket exchanges() {
        return exchanges;
    }

    @Nullable SrpVerifier find(byte[] user, boolean isLegacy) {
        return users.find(user, isLegacy);
    }

    /**
     * What an unknown user is challenged with: the same each time, of the same form and cost as a
     * real one, and fit for no password.
     */
    SrpVerifier decoy(byte[] user, boolean isLegacy) {
        byte[] salt = decoyOctets(user, 0);
        if (salt[0] == 0) {
            salt[0] = 1;
        }
        ByteBuffer verifier = ByteBuffer.allocate(SrpGroup.DEFAULT.bytes());
        for (int block = 1; verifier.hasRemaining(); block++) {
            verifier.put(decoyOctets(user, block));
        }
        BigInteger reduced = new BigInteger(1, verifier.array()).mod(SrpGroup.DEFAULT.modulus());
        byte[] octets = reduced.setBit(0).toByteArray();
        byte[] unsigned = octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
        return new SrpVerifier(isLegacy, salt, unsigned);
    }

    private byte[] decoyOctets(byte[] user, int block) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(decoyKey, HMAC));
            mac.update((byte) block);
            return mac.doFinal(user);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + HMAC, e);
        }
    }

    /** Overwrites the secret. */
    @Override
    public void close() {
        if (secret != null) {
            secret.close();
        }
    }
}
