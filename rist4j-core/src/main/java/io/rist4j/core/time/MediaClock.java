package io.rist4j.core.time;

/**
 * Conversion between ticks of a media clock and nanoseconds, and between the latter and the stamps
 * of 32 bits that wires carry. Rates are 1 Hz to 2^31-1 Hz, or a whole number of MHz up to 2^17
 * MHz.
 */
public final class MediaClock {
    /**
     * Clock of MPEG-2 transport streams in RTP (RFC 3551), and of what does not tell its own, in
     * Hz.
     */
    public static final int USUAL_HZ = 90_000;

    private static final long MEGAHERTZ = 1_000_000;
    private static final long STAMPS = 1L << 32;

    /** 9 ticks of 90 kHz last exactly 100 000 ns: divisors that are constants cost little. */
    private static final long PERIOD_TICKS = 9;

    private static final long PERIOD_NS = 100_000;

    private MediaClock() {}

    /**
     * Nanoseconds of a number of ticks, rounded down.
     *
     * @param ticks any sign
     * @param hertz the clock's rate
     */
    public static long ticksToNs(long ticks, long hertz) {
        if (hertz == USUAL_HZ) {
            long periods = Math.floorDiv(ticks, PERIOD_TICKS);
            return periods * PERIOD_NS
                    + (ticks - periods * PERIOD_TICKS) * PERIOD_NS / PERIOD_TICKS;
        }
        long seconds = Math.floorDiv(ticks, hertz);
        long rest = ticks - (seconds * hertz);
        return (seconds * SessionTime.SECOND)
                + (isWhole(hertz)
                        ? rest * 1_000 / (hertz / MEGAHERTZ)
                        : rest * SessionTime.SECOND / hertz);
    }

    /**
     * Ticks in a number of nanoseconds, rounded down.
     *
     * @param ns any sign
     * @param hertz the clock's rate
     */
    public static long nsToTicks(long ns, long hertz) {
        if (hertz == USUAL_HZ) {
            long periods = Math.floorDiv(ns, PERIOD_NS);
            return periods * PERIOD_TICKS + (ns - periods * PERIOD_NS) * PERIOD_TICKS / PERIOD_NS;
        }
        if (isWhole(hertz)) {
            long us = Math.floorDiv(ns, 1_000);
            long megahertz = hertz / MEGAHERTZ;
            return (us * megahertz) + ((ns - us * 1_000) * megahertz / 1_000);
        }
        long seconds = Math.floorDiv(ns, SessionTime.SECOND);
        long rest = ns - (seconds * SessionTime.SECOND);
        return (seconds * hertz) + ((rest * hertz) / SessionTime.SECOND);
    }

    private static boolean isWhole(long hertz) {
        return hertz % MEGAHERTZ == 0;
    }

    /**
     * How an instant is stamped: its ticks, of which a wire carries 32 bits.
     *
     * @param sourceNs instant on the media clock
     * @param hertz the clock's rate
     */
    public static long stamp(long sourceNs, long hertz) {
        return nsToTicks(sourceNs, hertz) & (STAMPS - 1);
    }

    /**
     * The first instant that is stamped so: {@link #stamp} leads back to the stamp, at rates up to
     * 1 GHz.
     *
     * @param stamp 32 bits
     * @param hertz the clock's rate
     * @return an instant on the media clock, less than {@link #spanNs} or equal
     */
    public static long sourceNs(long stamp, long hertz) {
        return -ticksToNs(-(stamp & (STAMPS - 1)), hertz);
    }

    /**
     * Time after which stamps begin anew, rounded down.
     *
     * @param hertz the clock's rate
     */
    public static long spanNs(long hertz) {
        return ticksToNs(STAMPS, hertz);
    }

    /**
     * How much later one stamped instant is than another, of all that their stamps may mean the
     * nearest.
     *
     * @param sourceNs a result of {@link #sourceNs}
     * @param otherNs another one
     * @param hertz the rate of the clock of both
     */
    public static long apartNs(long sourceNs, long otherNs, long hertz) {
        long spanNs = spanNs(hertz);
        long apartNs = sourceNs - otherNs;
        if (apartNs > spanNs / 2) {
            return apartNs - spanNs;
        }
        return apartNs < -spanNs / 2 ? apartNs + spanNs : apartNs;
    }
}
