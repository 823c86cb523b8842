package io.rist4j.session.transport;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;

import java.nio.ByteBuffer;

/**
 * Turns what one socket carries into plain datagrams, and back: a security of its own below the
 * links, which do not notice it.
 *
 * <p>Knows peers by their addresses, those whom nobody else knows yet included. What it keeps of
 * strangers, and how much it answers them, it bounds itself.
 */
public interface DatagramTransport {
    /** Takes the plain datagrams of one that came. */
    @FunctionalInterface
    interface Reader {
        /**
         * A plain datagram; valid during the call only.
         *
         * @param b holds it, big-endian
         * @param at where it begins
         * @param bytes its length
         */
        void onPlain(ByteBuffer b, int at, int bytes);
    }

    /**
     * Begins with a peer that this end dials, or begins anew.
     *
     * @param nowNs the present
     * @param peer where it is
     */
    default void call(long nowNs, Endpoint peer) {}

    /**
     * Whether plain datagrams may go to a peer. Until then the session writes none.
     *
     * @param peer where it is
     */
    boolean isOpen(Endpoint peer);

    /**
     * Takes a datagram of the socket; may be opened in place.
     *
     * @param nowNs the present
     * @param from its source
     * @param b holds it, big-endian; borrowed for the call
     * @param at where it begins
     * @param bytes its length
     * @param reader called for each plain datagram in it
     * @return {@link Verdict#OK} when the reader was called, {@link Verdict#HANDSHAKE} when it is
     *     used up, or why it is refused
     */
    Verdict open(long nowNs, Endpoint from, ByteBuffer b, int at, int bytes, Reader reader);

    /** Bytes in front of a plain datagram. */
    int headBytes();

    /** Most bytes around a plain datagram, those in front included. */
    int mostOverheadBytes();

    /**
     * Seals a plain datagram in place.
     *
     * @param to where it goes; {@link #isOpen}
     * @param b holds it, {@link #headBytes} behind {@code at}
     * @param at where the whole begins
     * @param plainBytes length of the plain datagram
     * @return length of the whole
     */
    int seal(Endpoint to, ByteBuffer b, int at, int plainBytes);

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    default long deadlineNs() {
        return SessionTime.NEVER;
    }

    /**
     * Does what is due.
     *
     * @param nowNs the present
     */
    default void onDeadline(long nowNs) {}

    /** Takes leave of every peer and overwrites keys. */
    default void close() {}
}
