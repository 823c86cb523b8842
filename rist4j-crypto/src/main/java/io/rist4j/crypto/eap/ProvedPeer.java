package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;

/**
 * What a listener's peer has proved, with which verifier, and until when that counts. Frames do not
 * change it, whoever sends them: only another proof does, or a change of the users.
 */
final class ProvedPeer {
    private final EapRealm realm;

    private @Nullable EapResult result;
    private byte[] user = new byte[0];
    private @Nullable SrpVerifier provedBy;
    private long proveByNs = SessionTime.NEVER;

    ProvedPeer(EapRealm realm) {
        this.realm = realm;
    }

    /** The latest proof, if any. */
    @Nullable EapResult result() {
        return result;
    }

    /**
     * There is a proof.
     *
     * @return the one before it, for the caller to close once nobody needs it
     */
    @Nullable EapResult replace(EapResult proved, byte[] by, @Nullable SrpVerifier verifier) {
        EapResult before = result;
        result = proved;
        user = by;
        provedBy = verifier;
        return before;
    }

    /** The proof counts no longer. Returns it, for the caller to close. */
    @Nullable EapResult revoke() {
        EapResult before = result;
        result = null;
        provedBy = null;
        proveByNs = SessionTime.NEVER;
        return before;
    }

    /** Whether the users are still such that the proof would succeed. */
    boolean isCurrent() {
        SrpVerifier known = provedBy;
        if (known == null) {
            return true;
        }
        SrpVerifier found = realm.find(user, known.isLegacy());
        return found != null && found.isSame(known);
    }

    /** Whether the user is there no more. */
    boolean isGone() {
        return realm.find(user, true) == null && realm.find(user, false) == null;
    }

    /** Another proof is needed by then. */
    void proveBy(long byNs) {
        proveByNs = Math.min(proveByNs, byNs);
    }

    /** No other proof is needed. */
    void stand() {
        proveByNs = SessionTime.NEVER;
    }

    /** When the proof ends, or {@link SessionTime#NEVER}. */
    long deadlineNs() {
        return proveByNs;
    }

    void close() {
        if (result != null) {
            result.sessionKey().close();
        }
    }
}
