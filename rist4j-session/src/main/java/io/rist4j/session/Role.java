package io.rist4j.session;

/** Which way media flows at this end. Independent of who dials. */
public enum Role {
    /** Media leaves here. */
    SENDER,
    /** Media comes in here. */
    RECEIVER
}
