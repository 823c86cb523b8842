package io.rist4j.core.message;

/**
 * What became of bytes from the network. Anything but {@link #OK} was dropped and is counted by
 * reason.
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
    OVER_LIMIT
}
