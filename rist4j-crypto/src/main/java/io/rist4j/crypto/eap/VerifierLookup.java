package io.rist4j.crypto.eap;

import io.rist4j.crypto.srp.Decoys;
import io.rist4j.crypto.srp.SrpVerifier;
import io.rist4j.crypto.srp.VerifierFile;

import org.jspecify.annotations.Nullable;

/**
 * Finds a user's verifier: from a file, a map, a directory. Called on the thread that moves
 * packets, so it answers from memory.
 */
@FunctionalInterface
public interface VerifierLookup {
    /**
     * The verifier of a user.
     *
     * @param user octets of the name, 1 to 255, as the peer sent them
     * @param isLegacy which of the two kinds
     * @return null for an unknown user; the peer learns nothing of that
     */
    @Nullable SrpVerifier find(byte[] user, boolean isLegacy);

    /**
     * What unknown users are challenged with. Asked for each challenge, for known users too.
     *
     * @param spare the secret to draw decoys from where there is none of their own; another in each
     *     process
     */
    default Decoys decoys(byte[] spare) {
        return Decoys.of(spare);
    }

    /** From a file that was read. */
    static VerifierLookup of(VerifierFile file) {
        return new VerifierLookup() {
            @Override
            public @Nullable SrpVerifier find(byte[] user, boolean isLegacy) {
                return file.find(user, isLegacy);
            }

            @Override
            public Decoys decoys(byte[] spare) {
                return file.decoys(spare);
            }
        };
    }
}
