package io.rist4j.core.time;

/** Conversion between ticks of a media clock and nanoseconds, exact to the nanosecond below. */
public final class MediaClock {
    private MediaClock() {}

    /**
     * Nanoseconds of a number of ticks, rounded down.
     *
     * @param ticks any sign
     * @param hertz the clock's rate, 1..2^31-1
     */
    public static long ticksToNs(long ticks, int hertz) {
        long seconds = Math.floorDiv(ticks, hertz);
        long rest = ticks - (seconds * hertz);
        return (seconds * SessionTime.SECOND) + ((rest * SessionTime.SECOND) / hertz);
    }

    /**
     * Ticks in a number of nanoseconds, rounded down.
     *
     * @param ns any sign
     * @param hertz the clock's rate, 1..2^31-1
     */
    public static long nsToTicks(long ns, int hertz) {
        long seconds = Math.floorDiv(ns, SessionTime.SECOND);
        long rest = ns - (seconds * SessionTime.SECOND);
        return (seconds * hertz) + ((rest * hertz) / SessionTime.SECOND);
    }
}
