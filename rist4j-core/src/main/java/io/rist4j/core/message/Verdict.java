package io.rist4j.core.message;

/**
 * What became of bytes from the network. Anything but {@link #OK}, {@link #HANDSHAKE} and {@link
 * #HELD} was dropped and is counted by reason.
 */
public enum Verdict {
    /** Accepted. */
    OK,
    /** Shorter than its format's fixed part or than a length it declares. */
    TRUNCATED,
    /** A length field that contradicts the format or the datagram. */
    BAD_LENGTH,
    /** A version that the format does not have. */
    BAD_VERSION,
    /** Well framed, of a kind that we do not know: skipped. */
    UNKNOWN,
    /**
     * Well formed, but not allowed where it stands (for example RTCP that begins with no report).
     */
    MISPLACED,
    /** From an address that is no peer of this session. */
    STRANGER,
    /** Of another flow than the one in use. */
    FOREIGN_FLOW,
    /** A copy of something already here. */
    DUPLICATE,
    /** After its turn in the output had passed. */
    LATE,
    /** No room for it within the configured limits. */
    OVER_LIMIT,
    /** Part of a handshake, and used up by it. */
    HANDSHAKE,
    /** Kept until the key that opens it has been derived. */
    HELD,
    /** In clear, where a secret is configured. */
    NOT_ENCRYPTED,
    /** Encrypted, where no secret is configured. */
    NO_SECRET,
    /** Encrypted under another secret: what it opens to makes no sense. */
    WRONG_SECRET,
    /** Not newer than what came under its nonce before: somebody plays it back. */
    REPLAYED,
    /** From a peer that has not proved itself yet. */
    UNAUTHENTICATED,
    /** From a peer that the application does not admit. */
    NOT_ADMITTED,
    /** From somebody new, while as many peers are there as there may be. */
    NO_PLACE,
    /** From an address that has not shown that it hears what is sent there. */
    UNPROVEN,
    /** Part of a handshake from which somebody took what makes it strong. */
    DOWNGRADED
}
