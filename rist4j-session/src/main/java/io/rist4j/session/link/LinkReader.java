package io.rist4j.session.link;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Reads what a link opened, for the session. Called back during {@link PathLink#receive} and {@link
 * PathLink#onDeadline}.
 */
public interface LinkReader {
    /** Whether the path is a peer's. What strangers send is looked at before it is read. */
    boolean isPeer();

    /**
     * Looks whose a datagram is: a stranger's, or a peer's that may be noise because nothing has
     * confirmed its key yet. A stranger may become a peer by it.
     *
     * @param datagram open
     * @param isDoubtful whether it may be noise: it is to be believed only when it tells what its
     *     peer alone knows
     * @return {@link Verdict#OK} when it is a peer's; {@link Verdict#STRANGER}, {@link
     *     Verdict#NOT_ADMITTED} or {@link Verdict#NO_PLACE} when it makes sense and is not;
     *     otherwise what is wrong with it
     */
    Verdict look(OpenDatagram datagram, boolean isDoubtful);

    /**
     * Reads a peer's datagram: all that it says goes where it belongs.
     *
     * @param datagram open
     * @return what became of it
     */
    Verdict read(OpenDatagram datagram);

    /**
     * A datagram that the link kept until it could be opened: it is to be received anew.
     *
     * @param arrivalNs when it reached the host
     * @param b holds it; valid during the call
     * @param at where it begins
     * @param bytes its length
     */
    void again(long arrivalNs, ByteBuffer b, int at, int bytes);
}
