package io.rist4j.crypto.psk;

/** What is wrong between two ends whose secrets do not fit. */
public enum SecretMismatch {
    /** Nothing that shows. */
    NONE,
    /** What the peer encrypts makes no sense under our secret. */
    WRONG_SECRET,
    /** We have a secret, the peer sends in clear. */
    PEER_NOT_ENCRYPTING,
    /** The peer encrypts, we have no secret. */
    PEER_ENCRYPTING
}
