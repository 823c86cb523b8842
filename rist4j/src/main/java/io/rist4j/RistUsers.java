package io.rist4j;

import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.srp.Decoys;
import io.rist4j.crypto.srp.SrpVerifier;
import io.rist4j.crypto.srp.VerifierFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * The users that a listening handle takes in by EAP-SRP (TR-06-2:2022 Annex D): from a file of
 * libRIST's {@code ristsrppasswd} or of {@code rist passwd}, from passwords, or from a program's
 * own store. Holds verifiers, never passwords. Safe for use by several threads.
 */
public final class RistUsers {
    /** What a store keeps of a user instead of the password. Immutable, prints nothing of it. */
    public static final class Verifier {
        private final byte[] salt;
        private final byte[] verifier;

        /**
         * A verifier that a store kept.
         *
         * @param salt as drawn when the password was set, 1..64 octets; copied
         * @param verifier g to the power of x, modulo the 2048-bit group of RFC 5054, 1..256
         *     octets; copied
         */
        public Verifier(byte[] salt, byte[] verifier) {
            this.salt = salt.clone();
            this.verifier = verifier.clone();
        }

        private SrpVerifier asVerifier(boolean legacy) {
            return new SrpVerifier(legacy, salt, verifier);
        }

        @Override
        public String toString() {
            return "Verifier[***]";
        }
    }

    /** A program's own store. */
    @FunctionalInterface
    public interface Lookup {
        /**
         * Finds a user. Called on the network thread for every authentication, also by strangers:
         * answers from memory, at once.
         *
         * @param user the name, as the peer sent it
         * @param legacy whether a verifier as libRIST 0.2.7 makes them is wanted, the only kind
         *     that it can prove
         * @return empty for an unknown user, which the peer cannot tell from a wrong password
         */
        Optional<Verifier> find(String user, boolean legacy);
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final VerifierLookup lookup;

    private RistUsers(VerifierLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Users of a verifier file. Lines that are no records are passed over.
     *
     * <p>Handles that listen look about once a second whether the file has changed, and read it
     * again when it has: authenticated peers whose user is gone are shut out, those whose verifier
     * is another prove themselves again within five seconds or are shut out, and the others notice
     * nothing. A file that cannot be read leaves the users as they are.
     *
     * @param file lines {@code user:verifier:salt:3:version}
     * @throws IOException when it cannot be read
     * @throws RistConfigException when it holds no user
     */
    public static RistUsers ofFile(Path file) throws IOException {
        var read = new UsersFile(file);
        if (read.size() == 0) {
            throw new RistConfigException(
                    "srpfile", "srpfile " + file + " holds no user; rist passwd makes its lines");
        }
        return new RistUsers(read);
    }

    /**
     * Users with these passwords; takes some milliseconds for each.
     *
     * @param passwords by user name; stay the caller's, to be overwritten
     */
    public static RistUsers ofPasswords(Map<String, char[]> passwords) {
        return new RistUsers(
                VerifierLookup.of(VerifierFile.ofPasswords(passwords, RANDOM::nextBytes)));
    }

    /**
     * Users of a program's own store.
     *
     * @param store asked for each authentication
     */
    public static RistUsers of(Lookup store) {
        return new RistUsers((user, legacy) -> find(store, user, legacy));
    }

    /**
     * Users of a program's own store, which unknown users cannot be told from, a restart later
     * either: their salts are drawn from a secret that stays. {@link #of(Lookup)} draws one in each
     * process. Users' salts need 32 octets for it, as {@code rist passwd} makes them.
     *
     * @param store asked for each authentication
     * @param decoySecret 16 octets or more that nobody can guess, the same after each start and on
     *     each host that serves these users; not one of their verifiers, which salts would give
     *     away; copied
     * @throws RistConfigException when it is shorter
     */
    public static RistUsers of(Lookup store, byte[] decoySecret) {
        if (decoySecret.length < Decoys.LEAST_SECRET_BYTES) {
            throw new RistConfigException(
                    "decoySecret",
                    "decoySecret of "
                            + decoySecret.length
                            + " octets is shorter than "
                            + Decoys.LEAST_SECRET_BYTES
                            + " octets");
        }
        Decoys decoys = Decoys.of(decoySecret);
        return new RistUsers(
                new VerifierLookup() {
                    @Override
                    public @Nullable SrpVerifier find(byte[] user, boolean isLegacy) {
                        return RistUsers.find(store, user, isLegacy);
                    }

                    @Override
                    public Decoys decoys(byte[] spare) {
                        return decoys;
                    }
                });
    }

    private static @Nullable SrpVerifier find(Lookup store, byte[] user, boolean legacy) {
        try {
            return store.find(new String(user, StandardCharsets.UTF_8), legacy)
                    .map(v -> v.asVerifier(legacy))
                    .orElse(null);
        } catch (RuntimeException thrown) {
            // strangers cause this: an unknown user, and no word of what the store threw
            return null;
        }
    }

    VerifierLookup lookup() {
        return lookup;
    }
}
