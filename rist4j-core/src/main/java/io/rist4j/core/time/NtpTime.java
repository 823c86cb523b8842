package io.rist4j.core.time;

/**
 * Arithmetic of NTP-64 timestamps (RFC 5905 §6): seconds since 1900 in the upper 32 bits, fractions
 * of 2^-32 s in the lower. They wrap in February 2036; differences stay right across the wrap.
 */
public final class NtpTime {
    /** Seconds from 1 January 1900 to 1 January 1970. */
    public static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

    private NtpTime() {}

    /**
     * The NTP timestamp of a wall-clock instant.
     *
     * @param unixNs nanoseconds since 1 January 1970
     */
    public static long ofUnixNs(long unixNs) {
        long seconds = Math.floorDiv(unixNs, SessionTime.SECOND);
        long rest = unixNs - (seconds * SessionTime.SECOND);
        return ((seconds + UNIX_EPOCH_SECONDS) << 32) | ((rest << 32) / SessionTime.SECOND);
    }

    /**
     * The wall-clock instant of an NTP timestamp, in nanoseconds since 1970, rounded down. The era
     * is the one that puts the instant nearest to {@code nearUnixNs}.
     *
     * @param ntp NTP-64
     * @param nearUnixNs an instant within 68 years of it
     */
    public static long toUnixNs(long ntp, long nearUnixNs) {
        return nearUnixNs + differenceNs(ntp, ofUnixNs(nearUnixNs));
    }

    /**
     * How much later {@code a} is than {@code b}, in ns; negative when it is earlier. Right while
     * they are less than 68 years apart.
     *
     * @param a NTP-64
     * @param b NTP-64
     */
    public static long differenceNs(long a, long b) {
        long difference = a - b;
        long seconds = difference >> 32;
        long fraction = difference & 0xFFFF_FFFFL;
        return (seconds * SessionTime.SECOND) + ((fraction * SessionTime.SECOND) >>> 32);
    }

    /**
     * The middle 32 bits, as reception reports quote them (RFC 3550 §6.4.1).
     *
     * @param ntp NTP-64
     */
    public static long middle32(long ntp) {
        return (ntp >>> 16) & 0xFFFF_FFFFL;
    }
}
