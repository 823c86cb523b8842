package io.rist4j;

/**
 * Nobody was let in within the time given, and somebody was there who could not be: secrets,
 * passwords or the program's own admission do not fit. The handle stays usable, and goes on trying.
 *
 * <p>Nothing proves who was there; see {@link RistEvent.SecretMismatch}.
 */
public final class RistAuthenticationException extends RistException {
    private static final long serialVersionUID = 1;

    /** Why peers are not let in. There may be more reasons in later versions. */
    public enum Reason {
        /** What the peer encrypts makes no sense under our secret. */
        WRONG_SECRET,
        /**
         * A user was proved, and nothing that the peer says since makes sense: most likely it has
         * another secret.
         */
        NOT_UNDERSTOOD,
        /** We have a secret, the peer sends in clear. */
        PEER_NOT_ENCRYPTING,
        /** The peer encrypts, we have no secret. */
        PEER_ENCRYPTING,
        /** The password is wrong, or the user unknown: the peer does not tell which. */
        WRONG_CREDENTIALS,
        /** The peer stopped answering; libRIST does so for unknown users. */
        NO_ANSWER,
        /** Too many wrong passwords came from there lately. */
        TOO_MANY_FAILURES,
        /** The peer sent what would give the key away: an attack, or a broken peer. */
        ATTACK,
        /** The peer wants a group or a version that is not allowed. */
        UNSUPPORTED,
        /** Somebody between the ends takes away what would make their protection stronger. */
        DOWNGRADED,
        /** The peer leaves one direction in clear, and encryption is required here. */
        IN_CLEAR,
        /** The peer wants a user to be proved, and this end has neither a user nor users. */
        NOT_CONFIGURED,
        /** A user is to be proved here, and the peer sends without taking part in that. */
        NOT_OFFERED,
        /** The program did not admit the peer. */
        NOT_ADMITTED
    }

    private final Reason reason;

    /**
     * A wait that ended without a peer.
     *
     * @param message one sentence
     * @param reason why the last one was not let in
     */
    public RistAuthenticationException(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    /** Why the last one who was there was not let in. */
    public Reason reason() {
        return reason;
    }
}
