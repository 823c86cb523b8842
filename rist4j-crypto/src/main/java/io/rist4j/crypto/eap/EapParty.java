package io.rist4j.crypto.eap;

import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;

import java.nio.ByteBuffer;

/**
 * Either end of an authentication: the {@link Authenticator} of who listens, the {@link
 * Authenticatee} of who calls.
 *
 * <p>Not thread-safe. Effects leave through its {@link EapOutput}.
 */
public sealed interface EapParty extends AutoCloseable permits Authenticator, Authenticatee {
    /**
     * A datagram other than EAPOL came from the peer. An authenticator asks who it is, unless it
     * knows or is finding out; an authenticatee, once proved, takes it for the sign that its last
     * answer arrived.
     */
    void onContact(long nowNs);

    /**
     * An EAPOL frame from the peer.
     *
     * @param bytes to the end of the datagram
     * @return {@link Verdict#OK}, or why the frame was dropped
     */
    Verdict onFrame(long nowNs, ByteBuffer b, int at, int bytes);

    /**
     * What came from the peer opened under the key of the latest exchange: an authenticator takes
     * that for the Success that may have been lost.
     */
    void onKeyUsed(long nowNs);

    /** Whether the exchange has proved the peer at least once. */
    boolean isAuthenticated();

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    long deadlineNs();

    /** Repeats what was not answered, gives up what never will be. */
    void onDeadline(long nowNs);

    /** Overwrites every key. */
    @Override
    void close();
}
