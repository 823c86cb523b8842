package io.rist4j.session;

import io.rist4j.core.message.Verdict;

import java.util.EnumMap;
import java.util.Objects;

/**
 * What happened at the edge of a session, since it started. Written by the session; read on its
 * thread.
 */
public final class SessionCounters {
    private final EnumMap<Verdict, long[]> byVerdict = new EnumMap<>(Verdict.class);

    /** Control datagrams sent, requests included. */
    public long controlDatagramsSent;

    /** Bytes of the control datagrams sent. */
    public long controlBytesSent;

    /** Datagrams with retransmission requests sent. */
    public long requestDatagramsSent;

    /** Out-of-band datagrams sent. */
    public long outOfBandSent;

    /** Out-of-band datagrams accepted. */
    public long outOfBandReceived;

    /** Rare control messages that a path's link has no form for, and that were not sent. */
    public long unsayable;

    /** Control datagrams accepted. */
    public long controlDatagramsReceived;

    /** All zero. */
    SessionCounters() {
        for (Verdict verdict : Verdict.values()) {
            byVerdict.put(verdict, new long[1]);
        }
    }

    void count(Verdict verdict) {
        Objects.requireNonNull(byVerdict.get(verdict))[0]++;
    }

    /**
     * Datagrams that got this verdict.
     *
     * @param verdict which
     */
    public long datagrams(Verdict verdict) {
        return Objects.requireNonNull(byVerdict.get(verdict))[0];
    }
}
