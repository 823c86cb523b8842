package io.rist4j.session.link;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Wire and protection of one path in one: opens a datagram and has it read, writes and seals every
 * message, and owns whatever handshake there is, with its deadline. Knows no addresses and no flow.
 *
 * <p>A kit makes it. Then {@link #prepare}, before anything comes or goes; {@link #start} where
 * this end calls, and again whenever it calls anew; {@link #onTakenIn} where a stranger becomes a
 * peer; {@link #close} at the end, or when another link takes its place.
 *
 * <p>Writers return the datagram's length; the caller has room for {@link #MAX_CONTROL_BYTES}, or
 * for {@link #maxMediaBytes}, or {@link #maxOutOfBandBytes}.
 */
public interface PathLink {
    /** No control datagram is longer: it fits the smallest MTU that carries video. */
    int MAX_CONTROL_BYTES = 1_400;

    /** In place of a length: the profile cannot say that. */
    int CANNOT = -1;

    /**
     * Takes the configured secrets into use.
     *
     * @param nowNs the present
     */
    default void prepare(long nowNs) {}

    /**
     * Begins whatever handshake this end has to begin. For paths that dial.
     *
     * @param nowNs the present
     */
    default void start(long nowNs) {}

    /** The stranger whom it serves has become a peer. */
    default void onTakenIn() {}

    /**
     * Ends handshakes and overwrites keys. From then on nothing is opened; a datagram that is being
     * read is read to its end.
     */
    default void close() {}

    /**
     * Takes a datagram: opens it, in place if need be, and has it read, more than once where only
     * sense tells which key is right.
     *
     * @param nowNs the present
     * @param arrivalNs when it reached the host
     * @param b holds it, big-endian; borrowed for the call
     * @param at where it begins
     * @param bytes its length
     * @param reader reads it when it is open
     * @return what became of it: what the reader says, {@link Verdict#HANDSHAKE} or {@link
     *     Verdict#HELD} when it is used up, or why it is refused
     */
    Verdict receive(long nowNs, long arrivalNs, ByteBuffer b, int at, int bytes, LinkReader reader);

    /** Whether the peer has proved what it had to prove: media, requests and echoes may go out. */
    default boolean isOpen() {
        return true;
    }

    /** Whether reports may go out, which make this end known to its peer. */
    default boolean mayGreet() {
        return true;
    }

    /**
     * Whether all that is taken from the peer is sealed under a secret: an answer of its shows that
     * it knows the secret now.
     */
    default boolean isUnderSecret() {
        return false;
    }

    /**
     * Whether a secret is configured, of which a peer may have another though it proved itself:
     * what it says may be noise then.
     */
    default boolean hasSecret() {
        return false;
    }

    /**
     * Changes the secret in mid-session, where there is one.
     *
     * @param nowNs the present
     * @param secret copied
     */
    default void changeSecret(long nowNs, Passphrase secret) {}

    /**
     * The users who may come in have changed: a peer who is none of them any more is shut out, one
     * whose verifier is another proves itself again.
     *
     * @param nowNs the present
     */
    default void onUsersChanged(long nowNs) {}

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    default long deadlineNs() {
        return SessionTime.NEVER;
    }

    /**
     * Does what is due.
     *
     * @param nowNs the present
     * @param reader takes datagrams that were held and can be opened now
     */
    default void onDeadline(long nowNs, LinkReader reader) {}

    /** Upper bound of the datagram that carries a payload of so many bytes. */
    int maxMediaBytes(int payloadBytes);

    /** How many bits of their sequence numbers media packets tell, 16 or 32; may grow. */
    default int sequenceBits() {
        return 16;
    }

    /** Writes a media packet. */
    int writeMedia(long nowNs, ByteBuffer b, int at, MediaPacket packet);

    /** Writes the periodic compound: report, name and what the report carries besides. */
    int writeReport(long nowNs, ByteBuffer b, int at, Report report);

    /** Writes the answer to an echo request. */
    int writeEchoResponse(
            long nowNs,
            ByteBuffer b,
            int at,
            int ownSsrc,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes);

    /**
     * Writes requests for as many of a batch's sequences as one datagram takes.
     *
     * @param batch the sequences, ascending; {@link RequestBatch#consumed} is moved past those
     *     written
     */
    int writeRequests(long nowNs, ByteBuffer b, int at, int ownSsrc, RequestBatch batch);

    /**
     * Whether the peer has shown that it understands the newest edition of the framing.
     *
     * @param nowNs the present
     */
    default boolean hasShownNewest(long nowNs) {
        return true;
    }

    /**
     * Writes something that is said rarely.
     *
     * @param edition by which edition of the framing, where there are several; messages that are
     *     younger than the older ones are written by the newest
     * @return the datagram's length, or {@link #CANNOT}
     */
    default int writeControl(
            long nowNs, ByteBuffer b, int at, ControlMessage message, Edition edition) {
        return CANNOT;
    }

    /**
     * What the link itself has to tell its peer from time to time, or null.
     *
     * @param nowNs the present
     */
    default @Nullable ControlMessage announcement(long nowNs) {
        return null;
    }

    /** Upper bound of the datagram that carries so many bytes of another protocol. */
    default int maxOutOfBandBytes(int bytes) {
        return bytes;
    }

    /**
     * Writes something of another protocol, as it is.
     *
     * @return the datagram's length, or {@link #CANNOT} where the profile has no place for it
     */
    default int writeOutOfBand(
            long nowNs,
            ByteBuffer b,
            int at,
            int protocolType,
            ByteBuffer from,
            int fromAt,
            int bytes) {
        return CANNOT;
    }
}
