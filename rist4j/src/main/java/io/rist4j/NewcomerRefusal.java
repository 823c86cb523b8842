package io.rist4j;

import io.rist4j.RistAuthenticationException.Reason;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/**
 * Somebody who was there and was not let in, or not yet.
 *
 * @param peer the address that he bears
 * @param reason why not
 */
record NewcomerRefusal(InetSocketAddress peer, Reason reason) {
    /**
     * The same, and who is not there yet though a user was proved with him; null when it is about
     * something else.
     */
    static @Nullable NewcomerRefusal orProof(RistEvent event) {
        return event instanceof RistEvent.Authenticated e
                ? new NewcomerRefusal(e.peer(), Reason.NOT_UNDERSTOOD)
                : of(event);
    }

    /** What an event says of it; null when it is about something else. */
    static @Nullable NewcomerRefusal of(RistEvent event) {
        return switch (event) {
            case RistEvent.AuthenticationFailed e ->
                    new NewcomerRefusal(
                            e.peer(),
                            switch (e.reason()) {
                                case WRONG_CREDENTIALS -> Reason.WRONG_CREDENTIALS;
                                case NO_ANSWER -> Reason.NO_ANSWER;
                                case TOO_MANY_FAILURES -> Reason.TOO_MANY_FAILURES;
                                case ATTACK -> Reason.ATTACK;
                                case UNSUPPORTED -> Reason.UNSUPPORTED;
                                case DOWNGRADED -> Reason.DOWNGRADED;
                                case IN_CLEAR -> Reason.IN_CLEAR;
                                case NOT_CONFIGURED -> Reason.NOT_CONFIGURED;
                                case NOT_OFFERED -> Reason.NOT_OFFERED;
                            });
            case RistEvent.SecretMismatch e ->
                    new NewcomerRefusal(
                            e.peer(),
                            switch (e.mismatch()) {
                                case WRONG_SECRET -> Reason.WRONG_SECRET;
                                case PEER_NOT_ENCRYPTING -> Reason.PEER_NOT_ENCRYPTING;
                                case PEER_ENCRYPTING -> Reason.PEER_ENCRYPTING;
                            });
            case RistEvent.NotAdmitted e -> new NewcomerRefusal(e.peer(), Reason.NOT_ADMITTED);
            default -> null;
        };
    }

    /** What to tell people. Nothing tells a peer from whoever sends in its name. */
    String text() {
        String somebody = "somebody at " + peer;
        return switch (reason) {
            case WRONG_SECRET -> somebody + " encrypts under a secret that is not ours";
            case NOT_UNDERSTOOD ->
                    "a user was proved with "
                            + peer
                            + ", and nothing that it says since is understood: it may have another"
                            + " secret";
            case PEER_NOT_ENCRYPTING -> somebody + " does not encrypt, and we have a secret";
            case PEER_ENCRYPTING -> somebody + " encrypts, and we have no secret";
            case WRONG_CREDENTIALS ->
                    "authentication with " + peer + " failed: wrong user or password";
            case NO_ANSWER ->
                    "authentication with "
                            + peer
                            + " failed: no answer, which may mean an unknown user";
            case TOO_MANY_FAILURES ->
                    "authentication with " + peer + " failed: too many wrong passwords from there";
            case ATTACK ->
                    "authentication with " + peer + " failed: it sent what would give the key away";
            case UNSUPPORTED ->
                    "authentication with "
                            + peer
                            + " failed: it wants a group or version that is not allowed";
            case DOWNGRADED ->
                    "authentication with "
                            + peer
                            + " failed: somebody between takes away what would protect it better";
            case IN_CLEAR ->
                    "authentication with "
                            + peer
                            + " failed: it leaves one direction in clear, and encryption is required";
            case NOT_CONFIGURED ->
                    "authentication with "
                            + peer
                            + " failed: it wants a user to be proved, and there is none here";
            case NOT_OFFERED ->
                    "authentication with "
                            + peer
                            + " failed: it takes no part in it, for it may have no user";
            case NOT_ADMITTED -> "the program did not admit " + peer;
        };
    }
}
