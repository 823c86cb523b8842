package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/**
 * A refusal that anybody might have sent: it counts when the peer itself says nothing else for a
 * while.
 */
final class Doubt {
    /** How long it is doubted. */
    static final long LASTS_NS = SessionTime.SECOND;

    /** The same while our proof is with the peer, which asks again 500 ms after a failure. */
    static final long OF_PROOF_NS = 250 * SessionTime.MILLISECOND;

    private @Nullable EapRefusal reason;
    private @Nullable ClientProof proof;
    private long believeNs = SessionTime.NEVER;

    /**
     * Somebody refuses; the first one is what counts.
     *
     * @param of the proof that is refused, or null for the whole exchange
     */
    void begin(long nowNs, EapRefusal why, @Nullable ClientProof of) {
        if (reason == null) {
            reason = why;
            proof = of;
            believeNs = nowNs + (of == null ? LASTS_NS : OF_PROOF_NS);
        }
    }

    boolean isUnderWay() {
        return reason != null;
    }

    /** What is refused, where that is a proof. */
    @Nullable ClientProof proof() {
        return proof;
    }

    /** When it counts, or {@link SessionTime#NEVER}. */
    long deadlineNs() {
        return believeNs;
    }

    /** Why, once it counts; null before. */
    @Nullable EapRefusal believed(long nowNs) {
        return nowNs >= believeNs ? reason : null;
    }

    /** It was not the peer's. */
    void end() {
        reason = null;
        proof = null;
        believeNs = SessionTime.NEVER;
    }
}
