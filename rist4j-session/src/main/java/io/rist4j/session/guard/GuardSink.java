package io.rist4j.session.guard;

import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.psk.SecretMismatch;

import java.nio.ByteBuffer;

/** Effects of a guard. Implementations must not call back into it. */
public interface GuardSink {
    /**
     * Reserves room for a datagram of a handshake to the peer; {@link #commit} sends it. A claim
     * that is not committed has no effect.
     *
     * @param mostBytes upper bound of its length
     * @return where in {@link #buffer} to write it; negative when the peer's address is unknown
     */
    int claim(int mostBytes);

    /** The buffer that claimed datagrams are written into, big-endian. */
    ByteBuffer buffer();

    /**
     * Sends the claimed datagram, if the peer may be sent one of its length.
     *
     * @param bytes its length
     */
    void commit(int bytes);

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
