package io.rist4j.crypto.eap;

/**
 * Whether who answers for a peer sees what this end sends, which a forged source does not. The
 * identifier of each request for the identity is drawn at random, and all that the peer can repeat
 * of it: one answer may be a lucky guess, and who sends all 256 gives himself away by the others.
 *
 * <p>An exchange stands {@value #MOST_STRAYS} frames of other identifiers, for copies that come
 * late; more spoil it, and it is begun anew without a word about the password. Whoever answers two
 * requests in a row in exchanges that were not spoiled sees the answers: a blind guess succeeds
 * once in 4 096 times, and the ten failures in a minute that shut somebody out need as many guesses
 * in a row again.
 */
final class SightOfAnswers {
    /** Frames of wrong identifiers that an exchange stands. */
    static final int MOST_STRAYS = 3;

    private static final int ENOUGH = 2;

    private int first;
    private int strays;
    private int answers;

    /** The peer is asked who it is, under this identifier. */
    void onAsked(int identifier) {
        if (strays > 0) {
            answers = 0;
        }
        first = identifier;
        strays = 0;
    }

    /** That was answered rightly. */
    void onAnswer() {
        answers = Math.min(answers + 1, ENOUGH);
    }

    /**
     * A response in the course of an exchange that is not the one waited for.
     *
     * @param identifier its own
     * @param last of the exchange so far
     * @return whether the exchange is spoiled by that
     */
    boolean isSpoiledBy(int identifier, int last) {
        boolean isOfExchange = ((identifier - first) & 0xFF) <= ((last - first) & 0xFF);
        if (isOfExchange) {
            return false;
        }
        strays++;
        return strays > MOST_STRAYS;
    }

    /** Whether the peer has shown that it sees the answers. */
    boolean isShown() {
        return answers == ENOUGH;
    }
}
