package io.rist4j.crypto.eap;

/**
 * Whether who answers for a peer sees what this end sends, which a forged source does not. The
 * identifier of each request for the identity is drawn at random, and all that the peer can repeat
 * of it: one answer may be a lucky guess, and who sends all 256 gives himself away by the others.
 *
 * <p>An exchange stands {@value #MOST_STRAYS} frames of other identifiers, for copies that come
 * late; more spoil it: somebody else sends as well, and may have sent what fitted. Whoever answers
 * two requests in a row, the first in an exchange without any stray and the second in one that is
 * not spoiled, sees the answers: a blind guess succeeds once in 16 384 times, and the ten failures
 * in a minute that shut somebody out need as many guesses in a row again.
 */
final class SightOfAnswers {
    /** Frames of wrong identifiers that an exchange stands. */
    static final int MOST_STRAYS = 3;

    private static final int ENOUGH = 2;

    private int first;
    private int strays;
    private int cleanAnswers;
    private int answers;
    private boolean isAnswered;

    /** The peer is asked who it is, under this identifier. */
    void onAsked(int identifier) {
        if (strays > 0) {
            cleanAnswers = 0;
        }
        if (!isAnswered) {
            answers = 0;
        }
        isAnswered = false;
        first = identifier;
        strays = 0;
    }

    /** That was answered rightly. */
    void onAnswer() {
        isAnswered = true;
        answers = Math.min(answers + 1, ENOUGH);
        cleanAnswers = Math.min(cleanAnswers + 1, ENOUGH);
    }

    /**
     * A response in the course of an exchange that is not the one waited for.
     *
     * @param identifier its own
     * @param last of the exchange so far
     */
    void onStray(int identifier, int last) {
        boolean isOfExchange = ((identifier - first) & 0xFF) <= ((last - first) & 0xFF);
        if (!isOfExchange) {
            strays = Math.min(strays + 1, MOST_STRAYS + 1);
        }
    }

    /** Whether somebody else sends in the peer's name in this exchange. */
    boolean isSpoiled() {
        return strays > MOST_STRAYS;
    }

    /** Whether the peer has shown that it sees the answers, and nobody else sends in its name. */
    boolean isShown() {
        return cleanAnswers == ENOUGH && !isSpoiled();
    }

    /**
     * Whether somebody answered two requests in a row, in as many frames as he liked: the peer, or
     * who sends some hundreds for each.
     */
    boolean isLikely() {
        return answers == ENOUGH;
    }
}
