package io.rist4j.session.guard;

import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.psk.SecretMismatch;

import java.nio.ByteBuffer;

/** Effects of a guard. Implementations must not call back into it. */
public interface GuardSink {
    /**
     * Sends a frame of a handshake: it goes to the peer behind a GRE header of type EAPOL.
     *
     * @param nowNs the present
     * @param frame valid during the call
     * @param at where it begins
     * @param bytes its length
     */
    void transmit(long nowNs, ByteBuffer frame, int at, int bytes);

    /**
     * The peer has proved itself, for the first time or again.
     *
     * @param nowNs the present
     * @param user the name that was proved, printable
     */
    void onAuthenticated(long nowNs, String user);

    /**
     * A proof failed; an earlier one stands.
     *
     * @param nowNs the present
     * @param reason why
     */
    void onRefused(long nowNs, EapRefusal reason);

    /**
     * What the peer proved counts no longer: the users have changed, and it has not proved itself
     * again.
     *
     * @param nowNs the present
     * @param reason why not
     */
    void onShutOut(long nowNs, EapRefusal reason);

    /**
     * The peer has proved itself, and one direction stays in clear all the same: it does not know
     * how to encrypt it. Told once for each path.
     *
     * @param nowNs the present
     * @param isOurs whether it is what this end sends, or what the peer sends
     */
    void onClear(long nowNs, boolean isOurs);

    /**
     * The secrets of the two ends do not fit together.
     *
     * @param nowNs the present
     * @param shown how that shows
     */
    void onMismatch(long nowNs, SecretMismatch shown);
}
