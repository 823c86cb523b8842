package io.rist4j.crypto.psk;

/** What became of an encrypted packet. */
public enum Opening {
    /** Decrypted in place. Whether the secret was right, only the plaintext tells. */
    OPENED,
    /** Left as it is: the key of its nonce is being derived. Hold it until the key comes. */
    PENDING,
    /** A nonce of 0, which no peer may use. */
    BAD_NONCE,
    /** Left as it is: too many unknown nonces have come, or none of the secrets fits this one. */
    REFUSED
}
