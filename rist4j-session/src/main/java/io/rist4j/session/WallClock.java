package io.rist4j.session;

/** The wall clock as the session knows it: an offset to the session clock, told by the host. */
final class WallClock {
    /** Seconds from 1900 to 1970 (RFC 5905). */
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private long offsetNs;

    void setOffsetNs(long wallMinusSessionNs) {
        offsetNs = wallMinusSessionNs;
    }

    long offsetNs() {
        return offsetNs;
    }

    /** NTP-64 of an instant of the session clock. */
    long ntp(long nowNs) {
        long unixNs = nowNs + offsetNs;
        long seconds = Math.floorDiv(unixNs, NS_PER_SECOND);
        long fraction = (Math.floorMod(unixNs, NS_PER_SECOND) << 32) / NS_PER_SECOND;
        return ((seconds + NTP_EPOCH_SECONDS) << 32) | fraction;
    }
}
