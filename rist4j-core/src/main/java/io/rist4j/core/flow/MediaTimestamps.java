package io.rist4j.core.flow;

/**
 * Media timestamps of a sender: source time in ticks of 90 kHz, counted from a fixed base. Exact
 * for as long as the session clock runs: no rounding is carried over, nothing overflows.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.1 and RFC 2250 §2 (90 kHz for MPEG-2 transport streams).
 */
final class MediaTimestamps {
    static final int CLOCK_HZ = 90_000;

    /** 9 ticks of 90 kHz last exactly 100 000 ns. */
    private static final long TICKS = 9;

    private static final long TICKS_NS = 100_000;

    private final long baseNs;

    MediaTimestamps(long baseNs) {
        this.baseNs = baseNs;
    }

    /** The timestamp of an instant of the session clock, 32 bits. */
    long at(long sourceNs) {
        long mediaNs = baseNs + sourceNs;
        long ticks =
                Math.floorDiv(mediaNs, TICKS_NS) * TICKS
                        + Math.floorMod(mediaNs, TICKS_NS) * TICKS / TICKS_NS;
        return ticks & 0xFFFF_FFFFL;
    }
}
