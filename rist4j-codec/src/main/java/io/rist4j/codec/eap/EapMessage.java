package io.rist4j.codec.eap;

/** The messages of an exchange. C is who proves itself, A who verifies. */
public enum EapMessage {
    /** C to A: EAPOL-Start. */
    START,
    /** EAPOL-Logoff; anybody can forge it. */
    LOGOFF,
    /** A to C: who are you. */
    IDENTITY_REQUEST,
    /** C to A: body is the user name. */
    IDENTITY_RESPONSE,
    /** A to C: body is a {@link Challenge}. */
    CHALLENGE,
    /** C to A: body is the public value A. */
    CLIENT_KEY,
    /** A to C: body is the public value B. */
    SERVER_KEY,
    /** C to A: body is a {@link Validator} with M1. */
    CLIENT_VALIDATOR,
    /** A to C: body is a {@link Validator} with M2. */
    SERVER_VALIDATOR,
    /** C to A, EAPOL version 2: what SUCCESS is in later versions. */
    ACKNOWLEDGEMENT,
    /** Proof accepted, or passphrase received. */
    SUCCESS,
    /** Refused; anybody can forge it. */
    FAILURE,
    /** The request is of no known kind; body is one octet, the kind wanted. */
    NAK,
    /** Asks for a passphrase. */
    PASSPHRASE_REQUEST,
    /** Body is one octet of flags and the passphrase, encrypted. */
    PASSPHRASE_RESPONSE,
    /** A request of another kind: to be answered with NAK. */
    OTHER_REQUEST,
    /** A response of another kind. */
    OTHER_RESPONSE
}
