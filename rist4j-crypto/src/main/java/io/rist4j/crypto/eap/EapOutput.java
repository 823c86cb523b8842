package io.rist4j.crypto.eap;

import io.rist4j.crypto.psk.Passphrase;

import java.nio.ByteBuffer;

/** What a machine of an exchange does to the world. Must not call back into the machine. */
public interface EapOutput {
    /**
     * Sends an EAPOL frame to the peer, behind a GRE header of type 0x888E, never encrypted.
     *
     * @param frame valid during the call
     */
    void transmit(long nowNs, ByteBuffer frame, int at, int bytes);

    /**
     * The peer has proved itself, for the first time or again.
     *
     * @param result closed by the machine when it is replaced: copy what is kept
     */
    void onAuthenticated(long nowNs, EapResult result);

    /**
     * A caller has proved itself, and gets the listener's proof now: it may send under the new key
     * from then on, whatever becomes of the frames that say so.
     *
     * @param coming valid during the call; {@link #onAuthenticated} brings the same when the caller
     *     is known to have that proof
     */
    default void onCallerProved(long nowNs, EapResult coming) {}

    /** An exchange ended without proof. An earlier authentication stands. */
    void onRefused(long nowNs, EapRefusal reason);

    /**
     * The peer has to prove itself anew: what it proved before counts no longer.
     *
     * @param reason why
     */
    void onRevoked(long nowNs, EapRefusal reason);

    /**
     * The peer handed over the passphrase that it transmits under.
     *
     * @param passphrase copied by whoever keeps it
     */
    void onPassphrase(long nowNs, Passphrase passphrase);
}
