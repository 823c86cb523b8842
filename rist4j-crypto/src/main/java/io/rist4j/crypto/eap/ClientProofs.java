package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * A caller's proofs, side by side: one for each B, since the listener answers the one that is right
 * only. How many there may be is bounded, for each lets whoever plays the listener test a password.
 */
final class ClientProofs implements Iterable<ClientProof> {
    /** Proofs that are kept for the peer's answer; a further one takes the place of the oldest. */
    static final int MOST = 8;

    /**
     * Proofs at once, and then one in {@link #EVERY_NS}, while somebody else speaks in the peer's
     * name, so that none of them can be counted against the peer.
     */
    static final int AT_ONCE = 32;

    /** Of those, for a B that comes once more, as a listener's does that waits for our proof. */
    static final int KEPT = AT_ONCE / 2;

    /** As often as four in 30 s, and as many again that were not judged. */
    static final long EVERY_NS = 4 * SessionTime.SECOND;

    private final ArrayDeque<ClientProof> proofs = new ArrayDeque<>();

    /** Before the peer has proved itself. */
    private final TokenBucket first = new TokenBucket(AT_ONCE, EVERY_NS);

    /**
     * The same once authenticated, where anybody may have asked: one a minute, after a few. Those
     * that proved the peer do not count.
     *
     * <p>Spec: exchanges no oftener than every 60 s. libRIST: 0.2.7 asks every 3 s, and stops the
     * stream when it is not answered.
     */
    private final TokenBucket further = new TokenBucket(4, 60 * SessionTime.SECOND);

    /** Whether there may be one more; that is counted. */
    boolean take(long nowNs, boolean isFurther) {
        return (isFurther ? further : first).take(nowNs);
    }

    /** Whether so few first ones are left that they are for a B that comes once more. */
    boolean areScarce(long nowNs) {
        return !first.has(nowNs, KEPT);
    }

    /** One more proved the peer. */
    void refund() {
        further.refund();
    }

    void add(ClientProof proof) {
        if (proofs.size() == MOST) {
            proofs.remove().close();
        }
        proofs.add(proof);
    }

    boolean remove(ClientProof proof) {
        return proofs.remove(proof);
    }

    boolean isEmpty() {
        return proofs.isEmpty();
    }

    @Nullable ClientProof latest() {
        return proofs.peekLast();
    }

    /** The one for a B, or null. */
    @Nullable ClientProof of(int number, byte[] serverKey) {
        for (ClientProof proof : proofs) {
            if (proof.isOf(number, serverKey)) {
                return proof;
            }
        }
        return null;
    }

    /** The one of that identifier of which the peer has said nothing, or null. */
    @Nullable ClientProof unjudged(int number) {
        for (ClientProof proof : proofs) {
            if (proof.identifier == number && !proof.isJudged) {
                return proof;
            }
        }
        return null;
    }

    @Override
    public Iterator<ClientProof> iterator() {
        return proofs.iterator();
    }

    void forget() {
        proofs.forEach(ClientProof::close);
        proofs.clear();
    }
}
