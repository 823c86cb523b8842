package io.rist4j.crypto.eap;

/** Which ways to hash are tried with a peer. */
public enum SrpCompat {
    /** Whatever the peer understands: its version and what succeeded before tell. */
    AUTO,
    /** As in RFC 5054 only: libRIST from 0.2.16, ristgo, ristrust. */
    PADDED,
    /** As libRIST 0.2.12 only. */
    UNPADDED,
    /** As libRIST 0.2.7 only. */
    LEGACY
}
