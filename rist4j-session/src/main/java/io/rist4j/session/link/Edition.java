package io.rist4j.session.link;

/** By which edition of its framing a profile writes a message. */
public enum Edition {
    /** The newest that the peer has shown to understand. */
    SHOWN,
    /** The newest that there is: a peer that does not know it passes the message over. */
    NEWEST
}
