package io.rist4j.session.guard;

import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

/**
 * The turn of a path from one session key to the next.
 *
 * <p>No frame of the exchange says for certain that the other end has the new key: anybody can say
 * Success, and the last one that says it may be lost. What opens under the new key does. So the
 * listener takes it beside the present one from the moment that the caller is proved, the caller
 * sends under it as soon as the listener is, and the listener once the caller has been heard under
 * it. Until then the present key stays good at both ends, however long that takes.
 */
final class KeyTurn {
    private final PskIntake intake;
    private final PskOutlet outlet;

    /** What the peer may send under, and has not yet. */
    private @Nullable Passphrase peers;

    /** What goes out under the next key once the peer has used its own. */
    private @Nullable Passphrase own;

    KeyTurn(PskIntake intake, PskOutlet outlet) {
        this.intake = intake;
        this.outlet = outlet;
    }

    /**
     * The peer will turn to another key.
     *
     * @param peersKey copied
     * @param ownKey copied; what this end turns to then, or null when it has turned already
     */
    void expect(long nowNs, Passphrase peersKey, @Nullable Passphrase ownKey) {
        forget();
        peers = peersKey.copy();
        own = ownKey == null ? null : ownKey.copy();
        intake.offer(nowNs, peersKey);
    }

    /**
     * The peer has used a key that was offered.
     *
     * @return whether it was the one that was expected, so that the turn is done
     */
    boolean isDoneBy(long nowNs, Passphrase used) {
        if (peers == null || !used.isSame(peers)) {
            return false;
        }
        if (own != null) {
            outlet.change(nowNs, own);
        }
        intake.settle(used, nowNs + TunnelSecurity.OVERLAP_NS);
        forget();
        return true;
    }

    void forget() {
        if (peers != null) {
            peers.close();
            peers = null;
        }
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
