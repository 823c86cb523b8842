package io.rist4j.core.time;

/**
 * Widens sequence numbers of 16 or 32 bits to a {@code long} that never wraps, relative to a
 * reference that its user keeps (usually the highest number so far).
 *
 * <p>Immutable. Wire values may carry garbage above their width: it is ignored.
 */
public final class SequenceUnwrapper {
    private static final SequenceUnwrapper SIXTEEN = new SequenceUnwrapper(16);
    private static final SequenceUnwrapper THIRTY_TWO = new SequenceUnwrapper(32);
    private static final SequenceUnwrapper ALL = new SequenceUnwrapper(62);

    private final int bits;
    private final long span;

    /**
     * An unwrapper for one width.
     *
     * @param bits 1..62
     */
    public SequenceUnwrapper(int bits) {
        if (bits < 1 || bits > 62) {
            throw new IllegalArgumentException("bits " + bits + " is outside 1..62");
        }
        this.bits = bits;
        this.span = 1L << bits;
    }

    /**
     * The unwrapper of one of the widths that there are.
     *
     * @param bits 16 or 32; another one means numbers that never repeat
     */
    public static SequenceUnwrapper ofBits(int bits) {
        return switch (bits) {
            case 16 -> SIXTEEN;
            case 32 -> THIRTY_TWO;
            default -> ALL;
        };
    }

    /** How many numbers there are before they repeat. */
    public long span() {
        return span;
    }

    /** The part of a widened number that is on the wire. */
    public long wire(long widened) {
        return widened & (span - 1);
    }

    /**
     * The widened number nearest to the reference: up to half the span less one ahead of it, up to
     * half the span behind it.
     *
     * @param wire as on the wire
     * @param reference a widened number
     */
    public long nearest(long wire, long reference) {
        return reference + (((wire - reference) << (64 - bits)) >> (64 - bits));
    }

    /**
     * The widened number at or below the reference, less than one span away.
     *
     * @param wire as on the wire
     * @param reference a widened number
     */
    public long atOrBelow(long wire, long reference) {
        return reference - wire(reference - wire);
    }

    /**
     * The widened number at or above the reference, less than one span away.
     *
     * @param wire as on the wire
     * @param reference a widened number
     */
    public long atOrAbove(long wire, long reference) {
        return reference + wire(wire - reference);
    }
}
