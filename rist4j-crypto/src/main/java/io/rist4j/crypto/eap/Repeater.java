package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;

/** The frame that was sent last, and when to send it again. */
final class Repeater {
    private byte[] frame = new byte[0];
    private long dueNs = SessionTime.NEVER;
    private long intervalNs;
    private long maxIntervalNs;
    private int left;

    /** Repeats this one from now on: after the interval, then after twice as long, and so on. */
    void start(long nowNs, byte[] sent, long firstNs, long maxNs, int times) {
        frame = sent;
        intervalNs = firstNs;
        maxIntervalNs = maxNs;
        left = times;
        dueNs = nowNs + firstNs;
    }

    /** Keeps the frame, as an answer to a repeated request, but repeats it no more. */
    void stop() {
        dueNs = SessionTime.NEVER;
    }

    void clear() {
        frame = new byte[0];
        stop();
    }

    byte[] frame() {
        return frame;
    }

    long deadlineNs() {
        return dueNs;
    }

    /** Whether the last repetition went unanswered, too. */
    boolean isExhausted(long nowNs) {
        return nowNs >= dueNs && left == 0;
    }

    /** Whether to send the frame now; then waits for the next turn. */
    boolean isDue(long nowNs) {
        if (nowNs < dueNs || left == 0) {
            return false;
        }
        left--;
        intervalNs = Math.min(2 * intervalNs, maxIntervalNs);
        dueNs = nowNs + intervalNs;
        return true;
    }
}
