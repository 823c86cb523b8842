package io.rist4j.session;

/**
 * What one path remembers to measure its round trip: the echo requests and sender reports that went
 * out, and the last sender report that came in. Not thread-safe; allocation-free after
 * construction.
 */
final class RoundTripClock {
    /** Round trips longer than what this many reports span are not measured. */
    private static final int REMEMBERED = 32;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** No measurement. */
    static final long UNKNOWN = -1;

    private final long secret;
    private final long[] echoSent = new long[REMEMBERED];
    private final long[] reportMiddle = new long[REMEMBERED];
    private final long[] reportSentNs = new long[REMEMBERED];
    private final long[] echoAsked = new long[REMEMBERED];
    private int echoes;
    private int reports;
    private boolean echoSupported;
    private long lastSrMiddle;
    private long lastSrArrivalNs;

    /** A clock whose echo requests tell the session clock. */
    RoundTripClock() {
        this(0);
    }

    /**
     * A clock whose echo requests nobody can answer who has not received them, even if he receives
     * those of another path: an answer proves a peer's address.
     *
     * @param secret what the session clock is combined with
     */
    RoundTripClock(long secret) {
        this.secret = secret;
    }

    /** What an echo request says that is sent now; 0 for none. */
    long echoTimestamp(long nowNs) {
        return Math.max(1, nowNs) ^ secret;
    }

    /** Notes an echo request. */
    void onEchoSent(long timestamp) {
        echoAsked[echoes & (REMEMBERED - 1)] = timestamp;
        echoSent[echoes++ & (REMEMBERED - 1)] = timestamp;
    }

    /**
     * Whether a response's timestamp is that of one of the latest requests, answered before or not:
     * whoever says it hears what is sent to the peer.
     */
    boolean hasAsked(long timestamp) {
        for (long asked : echoAsked) {
            if (asked == timestamp && timestamp != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The round trip that a response proves, or {@link #UNKNOWN} when its timestamp is none of
     * ours. Each request counts once.
     */
    long onEchoResponse(long arrivalNs, long timestamp, long delayMicroseconds) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (echoSent[i] == timestamp && timestamp != 0) {
                echoSent[i] = 0;
                echoSupported = true;
                long sentNs = timestamp ^ secret;
                return Math.max(0, arrivalNs - sentNs - delayMicroseconds * 1_000);
            }
        }
        return UNKNOWN;
    }

    void onReportSent(long nowNs, long ntp) {
        int slot = reports++ & (REMEMBERED - 1);
        reportMiddle[slot] = middle(ntp);
        reportSentNs[slot] = nowNs;
    }

    /**
     * The round trip by LSR and DLSR (RFC 3550 §6.4.1), while the peer has shown no echo; otherwise
     * {@link #UNKNOWN}.
     */
    long onReportBlock(long arrivalNs, long lastSr, long delaySinceLastSr) {
        if (echoSupported || lastSr == 0) {
            return UNKNOWN;
        }
        int known = Math.min(reports, REMEMBERED);
        for (int i = 0; i < known; i++) {
            if (reportMiddle[i] == lastSr) {
                long delayNs = ((delaySinceLastSr & 0xFFFF_FFFFL) * NS_PER_SECOND) >> 16;
                long roundTripNs = arrivalNs - reportSentNs[i] - delayNs;
                // A negative one is a peer's garbage (trap T6), not a fast path: clock grains stay
                // within 1 ms.
                return roundTripNs < -1_000_000 ? UNKNOWN : Math.max(0, roundTripNs);
            }
        }
        return UNKNOWN;
    }

    void onReportHeard(long arrivalNs, long ntp) {
        lastSrMiddle = middle(ntp);
        lastSrArrivalNs = arrivalNs;
    }

    /** LSR of our reports: 0 before the first sender report. */
    long lastSr() {
        return lastSrMiddle;
    }

    /** DLSR of our reports in 1/65536 s. */
    long delaySinceLastSr(long nowNs) {
        if (lastSrMiddle == 0) {
            return 0;
        }
        long elapsedNs = Math.max(0, nowNs - lastSrArrivalNs);
        return Math.min(0xFFFF_FFFFL, (elapsedNs << 16) / NS_PER_SECOND);
    }

    private static long middle(long ntp) {
        return (ntp >>> 16) & 0xFFFF_FFFFL;
    }
}
