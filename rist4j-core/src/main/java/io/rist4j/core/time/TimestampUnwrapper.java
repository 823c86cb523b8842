package io.rist4j.core.time;

/**
 * Widens 32-bit media timestamps to a {@code long} that never wraps, by nearness to the last
 * reference. At 90 kHz the wire value wraps every 2^32 / 90 000 Hz = 13.26 h; packets from both
 * sides of a wrap are placed correctly while they are less than half of that apart.
 *
 * <p>libRIST keeps a second clock offset for three buffers after a wrap instead; the result is the
 * same.
 *
 * <p>Not thread-safe.
 */
public final class TimestampUnwrapper {
    private long reference;

    /**
     * An unwrapper whose reference is its first timestamp.
     *
     * @param timestamp as on the wire, 32 bits
     */
    public TimestampUnwrapper(long timestamp) {
        reference = timestamp & 0xFFFF_FFFFL;
    }

    /**
     * The widened timestamp nearest to the reference. Negative for what was stamped before the
     * first one's wrap.
     *
     * @param timestamp as on the wire, 32 bits
     */
    public long widen(long timestamp) {
        return reference + (int) (timestamp - reference);
    }

    /**
     * Moves the reference.
     *
     * @param widened a result of {@link #widen}
     */
    public void advanceTo(long widened) {
        reference = widened;
    }

    /** The widened timestamp that others are placed by. */
    public long reference() {
        return reference;
    }
}
