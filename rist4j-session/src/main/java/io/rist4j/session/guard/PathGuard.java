package io.rist4j.session.guard;

import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.HeldDatagrams;

import java.nio.ByteBuffer;

/**
 * Decides what of a path's datagrams is read, and whether anything may be sent to its peer yet.
 *
 * <p>For each datagram: {@link #open}; when that is {@link Verdict#OK} the wire reads it, and
 * {@link #reopens} and {@link #judge} are told what came of it, for without integrity protection
 * only sense tells a right key from a wrong one.
 */
public interface PathGuard {
    /**
     * Takes the configured secrets into use: before the first datagram in either direction.
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

    /** The stranger whom it guards has become a peer. */
    default void onTakenIn() {}

    /**
     * Opens a datagram, in place if need be.
     *
     * @param nowNs the present
     * @param arrivalNs when it reached the host
     * @param b holds it, big-endian; borrowed for the call and until {@link #judge}
     * @param at where it begins
     * @param bytes its length
     * @return {@link Verdict#OK} when the wire may read it; {@link Verdict#HANDSHAKE} or {@link
     *     Verdict#HELD} when it is used up; or why it is refused
     */
    Verdict open(long nowNs, long arrivalNs, ByteBuffer b, int at, int bytes);

    /**
     * Whether the datagram that was opened last is {@link Verdict#HELD} without being kept: others
     * waited longer for the same key, which is there, and it must not overtake them. Whoever opened
     * it calls {@link #onDeadline}, which hands those over, and opens it again.
     */
    default boolean isBehindOthers() {
        return false;
    }

    /**
     * Whether the datagram that was opened last may be noise: nothing has confirmed its key yet,
     * and under a wrong one some noise looks like a message. It is believed only when it tells
     * something that its peer alone knows.
     */
    default boolean isDoubtful() {
        return false;
    }

    /**
     * Tells how the datagram that was opened last was read.
     *
     * @param nowNs the present
     * @param verdict the wire's
     * @return true when the guard has opened it again in another way: it is to be read once more
     */
    default boolean reopens(long nowNs, Verdict verdict) {
        return false;
    }

    /**
     * The datagram that was opened last, a known peer's under a doubtful key, does not show what it
     * is.
     *
     * @param nowNs the present
     * @param verdict what it is to be counted as unless it is kept
     * @return {@link Verdict#HELD} when it is kept until the key proves right, or the verdict
     */
    default Verdict doubt(long nowNs, Verdict verdict) {
        return refuse(nowNs, verdict);
    }

    /**
     * The datagram that was opened last, a known peer's under a doubtful key, shows what it is:
     * what was kept before it under the same key is read first.
     *
     * @param nowNs the present
     * @return {@link Verdict#HELD} when it waits for those, or {@link Verdict#OK}
     */
    default Verdict believe(long nowNs) {
        return Verdict.OK;
    }

    /**
     * The datagram that was opened last makes no peer of the stranger who sent it.
     *
     * @param nowNs the present
     * @param verdict why
     * @return what it is to be counted as
     */
    default Verdict refuse(long nowNs, Verdict verdict) {
        return verdict;
    }

    /**
     * What the datagram that was opened and read last is to be counted as.
     *
     * @param verdict the wire's
     */
    default Verdict judge(Verdict verdict) {
        return verdict;
    }

    /** Whether the peer has proved what it had to prove: media, requests and echoes may go out. */
    default boolean isOpen() {
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

    /** Whether reports may go out, which make this end known to its peer. */
    default boolean mayGreet() {
        return true;
    }

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
     * @param taker takes datagrams that were held and can be opened now
     */
    default void onDeadline(long nowNs, HeldDatagrams.Taker taker) {}

    /** Ends handshakes and overwrites keys. */
    default void close() {}
}
