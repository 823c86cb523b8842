package io.rist4j.cli.ts;

/**
 * Says when each byte of a transport stream is due, from the clock references in it: between two of
 * them the bitrate is constant (ISO/IEC 13818-1 §2.4.2.2).
 *
 * <p>The clock may wrap. A step backwards, forwards beyond {@link #MAX_STEP_NS}, or one that the
 * stream itself calls a discontinuity is a cut in the material: there the bitrate of the stretch
 * before goes on, so that time never jumps. So is a step beyond {@link #VALID_STEP_NS} that would
 * change the bitrate by more than {@link #MAX_CHANGE} times: references that are merely sparse tell
 * about the same one. Before the first reference the first bitrate holds, after the last one the
 * last.
 */
final class PcrTimeline {
    /** References are at most 0.1 s apart in a valid stream; ten times that is always believed. */
    static final long VALID_STEP_NS = 1_000_000_000L;

    /** Sparse references are further apart, but not by more. */
    static final long MAX_STEP_NS = 10_000_000_000L;

    /** A sparse reference that tells a rate so many times the one before is a cut. */
    static final double MAX_CHANGE = 4;

    private final double defaultNsPerByte;
    private double nsPerByte;
    private boolean rateKnown;
    private long fromOffset;
    private double fromNs;
    private long toOffset;
    private double toNs;
    private long lastPcr = TsPacket.NO_PCR;

    /**
     * A timeline whose byte 0 is due at 0.
     *
     * @param defaultBitsPerSecond holds as long as no two references told another
     */
    PcrTimeline(long defaultBitsPerSecond) {
        defaultNsPerByte = 8e9 / defaultBitsPerSecond;
        nsPerByte = defaultNsPerByte;
    }

    static long ns(long clockTicks) {
        return (clockTicks / 27 * 1000) + (clockTicks % 27 * 1000 / 27);
    }

    /**
     * Takes the next clock reference.
     *
     * @param offset of the packet in the stream, growing
     * @param pcr 27 MHz ticks
     * @param isCut whether the clock before it was another one
     */
    void onPcr(long offset, long pcr, boolean isCut) {
        long bytes = offset - toOffset;
        if (lastPcr == TsPacket.NO_PCR) {
            toOffset = offset;
        } else if (bytes > 0) {
            double stepNs = ns(Math.floorMod(pcr - lastPcr, TsPacket.CLOCK_WRAP));
            boolean believed = !isCut && isBelieved(stepNs, bytes);
            if (believed && !rateKnown) {
                // The bytes before the first reference take the same bitrate.
                toNs = toOffset * (stepNs / bytes);
                rateKnown = true;
            }
            if (believed) {
                nsPerByte = stepNs / bytes;
            }
            fromOffset = toOffset;
            fromNs = toNs;
            toOffset = offset;
            toNs = fromNs + (bytes * nsPerByte);
        }
        lastPcr = pcr;
    }

    private boolean isBelieved(double stepNs, long bytes) {
        if (stepNs <= 0 || stepNs > MAX_STEP_NS) {
            return false;
        }
        double change = rateKnown ? stepNs / bytes / nsPerByte : 1;
        return stepNs <= VALID_STEP_NS || (change <= MAX_CHANGE && change >= 1 / MAX_CHANGE);
    }

    /** Whether the bitrate came from the stream. */
    boolean isRateKnown() {
        return rateKnown;
    }

    /** The offset of the last clock reference; bytes before it can be placed. */
    long knownUntil() {
        return toOffset;
    }

    /** When the byte at {@code offset}, at or behind the last but one reference, is due, in ns. */
    long dueNs(long offset) {
        return (long) (fromNs + ((offset - fromOffset) * nsPerByte));
    }
}
