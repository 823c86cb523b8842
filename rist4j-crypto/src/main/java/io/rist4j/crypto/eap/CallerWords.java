package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;

/**
 * What a caller said last, which is repeated until the listener says something that comes later.
 */
final class CallerWords {
    /** How far what is repeated has come: the call, our name, A, our proof, our Success. */
    enum Reached {
        CALLED,
        NAMED,
        OFFERED,
        PROVEN,
        SUCCEEDED
    }

    /** Silence in mid-exchange that ends it. */
    static final long SILENCE_NS = 3 * SessionTime.SECOND;

    private static final long FIRST_REPEAT_NS = 500 * SessionTime.MILLISECOND;
    private static final long MAX_REPEAT_NS = 2 * SessionTime.SECOND;
    private static final int ANSWER_REPEATS = 2;
    private static final int SUCCESS_REPEATS = 6;

    private final FrameSender frames;
    private final Repeater repeated = new Repeater();
    private Reached reached = Reached.CALLED;
    private long silentFromNs = SessionTime.NEVER;

    CallerWords(FrameSender frames) {
        this.frames = frames;
    }

    /** Calls, for ever. */
    void call(long nowNs, int bytes) {
        onHeard();
        reached = Reached.CALLED;
        send(nowNs, bytes, Integer.MAX_VALUE);
    }

    /** Answers, and repeats that unless an answer that has come further is being repeated. */
    void answer(long nowNs, byte[] sent, Reached with) {
        frames.transmit(nowNs, sent);
        silentFromNs = nowNs;
        boolean isRepeating = repeated.deadlineNs() != SessionTime.NEVER;
        if (with.compareTo(reached) >= 0 || !isRepeating) {
            reached = with;
            repeated.start(nowNs, sent, FIRST_REPEAT_NS, MAX_REPEAT_NS, ANSWER_REPEATS);
        }
    }

    /**
     * Ends the exchange; no request, which anybody may send, takes the place of that.
     *
     * @return the frame
     */
    byte[] succeed(long nowNs, int bytes) {
        onHeard();
        reached = Reached.SUCCEEDED;
        return send(nowNs, bytes, SUCCESS_REPEATS);
    }

    private byte[] send(long nowNs, int bytes, int times) {
        byte[] sent = frames.written(bytes);
        repeated.start(nowNs, sent, FIRST_REPEAT_NS, MAX_REPEAT_NS, times);
        frames.transmit(nowNs, sent);
        return sent;
    }

    /** The listener goes on. */
    void onHeard() {
        silentFromNs = SessionTime.NEVER;
    }

    /** What was answered has been judged: whatever is said next is repeated in its place. */
    void onJudged() {
        reached = Reached.CALLED;
    }

    /** Says it again when it is due, and no more when that was the last time. */
    boolean repeat(long nowNs) {
        boolean isRepeated = frames.repeat(nowNs, repeated);
        if (!isRepeated && repeated.isExhausted(nowNs)) {
            repeated.stop();
        }
        return isRepeated;
    }

    /** Whether the listener has not gone on for too long. */
    boolean isUnheard(long nowNs) {
        return silentFromNs != SessionTime.NEVER && nowNs >= silentFromNs + SILENCE_NS;
    }

    /** When there is something to say, or to be given up; {@link SessionTime#NEVER} if never. */
    long deadlineNs() {
        long silenceNs =
                silentFromNs == SessionTime.NEVER ? silentFromNs : silentFromNs + SILENCE_NS;
        return Math.min(repeated.deadlineNs(), silenceNs);
    }

    void stop() {
        repeated.stop();
    }

    void clear() {
        onHeard();
        onJudged();
        repeated.clear();
    }
}
