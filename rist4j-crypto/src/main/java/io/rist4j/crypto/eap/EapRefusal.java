package io.rist4j.crypto.eap;

/** Why an exchange brought no proof. */
public enum EapRefusal {
    /** The password is wrong, or the user unknown: the peer does not tell which. */
    WRONG_CREDENTIALS,
    /** The peer stopped answering in mid-exchange; libRIST does so for unknown users. */
    NO_ANSWER,
    /** Too many wrong passwords of this user from this address lately. */
    TOO_MANY_FAILURES,
    /** The peer sent a value that would give the key away. An attack, or a broken peer. */
    ATTACK,
    /** The peer wants a group or a version that is not allowed. */
    UNSUPPORTED,
    /** Somebody between the ends takes away what would make their protection stronger. */
    DOWNGRADED,
    /** The peer leaves one direction in clear, and this end requires encryption. */
    IN_CLEAR,
    /** The peer wants a user to be proved, and this end has neither a user nor users. */
    NOT_CONFIGURED,
    /** A user is to be proved here, and the peer sends without taking part in that. */
    NOT_OFFERED
}
