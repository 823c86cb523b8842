package io.rist4j.core.path;

import io.rist4j.core.time.SessionTime;

/**
 * Round-trip time of one path, smoothed (RFC 6298 §2: weight 1/8, variation 1/4). Not thread-safe;
 * all times in ns.
 */
public final class RttEstimator {
    /** What is no further than this, nobody notices. */
    private static final long FAR_NS = 5 * SessionTime.MILLISECOND;

    private static final int FAR_DEVIATIONS = 4;

    private final long initialNs;
    private long lastNs;
    private long smoothedNs;
    private long variationNs;
    private long leastNs;
    private long samples;

    /**
     * An estimator without samples.
     *
     * @param initialNs what to assume until the first sample
     */
    public RttEstimator(long initialNs) {
        this.initialNs = initialNs;
    }

    /**
     * Takes one measurement. Negative ones (a peer that claims more delay than passed) count as 0.
     *
     * @param sampleNs the round trip, without the peer's own delay
     */
    public void onSample(long sampleNs) {
        long sample = Math.max(0, sampleNs);
        if (samples++ == 0) {
            smoothedNs = sample;
            variationNs = sample / 2;
            leastNs = sample;
        } else {
            variationNs += (Math.abs(smoothedNs - sample) - variationNs) / 4;
            smoothedNs += (sample - smoothedNs) / 8;
            leastNs = Math.min(leastNs, sample);
        }
        lastNs = sample;
    }

    /**
     * Whether a measurement is far from those before: by more than four deviations and 5 ms. The
     * first is.
     *
     * @param sampleNs the round trip, before {@link #onSample}
     */
    public boolean isFar(long sampleNs) {
        long usualNs = Math.max(FAR_NS, FAR_DEVIATIONS * variationNs);
        return samples == 0 || Math.abs(sampleNs - smoothedNs) > usualNs;
    }

    /** Whether there was a sample yet. */
    public boolean isKnown() {
        return samples > 0;
    }

    /** The latest sample, or the initial assumption. */
    public long lastNs() {
        return samples == 0 ? initialNs : lastNs;
    }

    /** The smoothed round trip, or the initial assumption. */
    public long smoothedNs() {
        return samples == 0 ? initialNs : smoothedNs;
    }

    /** Mean deviation from the smoothed round trip; 0 without samples. */
    public long variationNs() {
        return variationNs;
    }

    /** The shortest sample, or the initial assumption. */
    public long leastNs() {
        return samples == 0 ? initialNs : leastNs;
    }
}
