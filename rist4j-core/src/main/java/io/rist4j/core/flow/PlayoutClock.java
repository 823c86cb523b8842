package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

import java.util.Arrays;

/**
 * Maps the source's media clock to the session clock: the offset between them, network delay
 * included.
 *
 * <p>The least of (arrival - source) over a window is the delay without queueing, for jitter only
 * ever adds. Until the first delivery the offset takes every lower value at once, down to a quarter
 * of the buffer below the first packet's: a sender that is slow to start must not cost its first
 * packets the time to be asked for, and none that waits may be overdue by it. From then on it moves
 * towards the least of the last 4 s, slowly enough that the output's timing stays smooth: 450 ppm
 * at most near the target, which follows clocks that are 200 ppm apart 0.4 ms behind, and 2 000 ppm
 * after a step in the network's delay. A delay that stays more than half a buffer above the offset
 * would leave no time for recovery; there the offset is set anew at once.
 *
 * <p>libRIST: anchors on the first packet and replaces the offset by a median every 2 048 packets.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class PlayoutClock {
    private static final int BUCKETS = 8;
    private static final long BUCKET_NS = 512 * SessionTime.MILLISECOND;
    private static final int RESYNC_SAMPLES = 8;

    /** What the first packets keep of the buffer is all but one part in so many. */
    private static final int START_SHARE = 4;

    /** Errors decay with this time constant, until the rate limit is reached. */
    private static final long TIME_CONSTANT_MS = 2_000;

    private static final long NEAR_PPM = 450;
    private static final long FAR_PPM = 2_000;
    private static final long FAR_NS = 4 * SessionTime.MILLISECOND;

    private final long[] least = new long[BUCKETS];
    private long offsetNs;
    private long anchorNs;
    private long targetNs;
    private boolean fixed;
    private boolean settled;
    private int bucket;
    private int bucketSamples;
    private int lastBucketSamples;
    private long bucketEndNs;
    private long advancedNs;

    /** Begins with one packet's (arrival - source) for its offset. */
    void anchor(long arrivalNs, long sourceNs) {
        Arrays.fill(least, SessionTime.NEVER);
        offsetNs = arrivalNs - sourceNs;
        anchorNs = offsetNs;
        targetNs = offsetNs;
        least[0] = offsetNs;
        bucket = 0;
        bucketSamples = 1;
        lastBucketSamples = 0;
        bucketEndNs = arrivalNs + BUCKET_NS;
        advancedNs = arrivalNs;
        fixed = false;
        settled = false;
    }

    /**
     * The packet that this clock was anchored on came late, by what the clock before it knew of the
     * same source: it was a repetition, or had waited on its way.
     *
     * @param lateNs by so much
     */
    void anchoredLate(long lateNs) {
        offsetNs -= lateNs;
        anchorNs = offsetNs;
        targetNs = offsetNs;
        least[0] = offsetNs;
    }

    /** Sets the offset for good. */
    void fix(long fixedOffsetNs) {
        offsetNs = fixedOffsetNs;
        targetNs = fixedOffsetNs;
        fixed = true;
    }

    /** Something was delivered by this clock: from now on the offset changes slowly only. */
    void settle() {
        settled = true;
    }

    /** Session time minus source time of a packet without queueing delay. */
    long offsetNs() {
        return offsetNs;
    }

    /** How much later than the offset says a packet came; negative when it came earlier. */
    long latenessNs(long arrivalNs, long sourceNs) {
        return (arrivalNs - sourceNs) - offsetNs;
    }

    /**
     * An original came.
     *
     * @param bufferNs the recovery buffer
     * @param floorNs the least offset by which nothing in the buffer is overdue
     * @return true when the offset was far off and was set anew
     */
    boolean onOriginal(long arrivalNs, long sourceNs, long bufferNs, long floorNs) {
        if (fixed) {
            return false;
        }
        boolean resynced = arrivalNs >= bucketEndNs && rotate(arrivalNs, bufferNs);
        long sample = arrivalNs - sourceNs;
        bucketSamples++;
        if (sample < least[bucket]) {
            least[bucket] = sample;
            if (sample < targetNs) {
                targetNs = sample;
                if (!settled) {
                    long lowestNs = Math.max(floorNs, anchorNs - bufferNs / START_SHARE);
                    offsetNs = Math.min(offsetNs, Math.max(sample, lowestNs));
                }
            }
        }
        return resynced;
    }

    /** Ends the bucket; after a time without originals the old ones go too. */
    private boolean rotate(long arrivalNs, long bufferNs) {
        long recent = least[bucket];
        long older = least[(bucket + BUCKETS - 1) % BUCKETS];
        boolean enough = bucketSamples >= RESYNC_SAMPLES && lastBucketSamples >= RESYNC_SAMPLES;
        long passed = 1 + ((arrivalNs - bucketEndNs) / BUCKET_NS);
        for (long i = Math.min(passed, BUCKETS); i > 0; i--) {
            bucket = (bucket + 1) % BUCKETS;
            least[bucket] = SessionTime.NEVER;
        }
        bucketEndNs += passed * BUCKET_NS;
        lastBucketSamples = passed == 1 ? bucketSamples : 0;
        bucketSamples = 0;
        long low = SessionTime.NEVER;
        for (long value : least) {
            low = Math.min(low, value);
        }
        if (low != SessionTime.NEVER) {
            targetNs = low;
        }
        if (settled && enough && Math.min(recent, older) - offsetNs > bufferNs / 2) {
            offsetNs = Math.min(recent, older);
            targetNs = offsetNs;
            Arrays.fill(least, SessionTime.NEVER);
            least[bucket] = offsetNs;
            return true;
        }
        return false;
    }

    /** Moves the offset by what the time since the last call allows. */
    void advance(long nowNs) {
        long elapsedMs = (nowNs - advancedNs) / SessionTime.MILLISECOND;
        if (elapsedMs <= 0) {
            return;
        }
        advancedNs += elapsedMs * SessionTime.MILLISECOND;
        long error = targetNs - offsetNs;
        if (error == 0 || fixed) {
            return;
        }
        long spanMs = Math.min(elapsedMs, TIME_CONSTANT_MS);
        long step = (error * spanMs) / TIME_CONSTANT_MS;
        long limit = spanMs * (Math.abs(error) > FAR_NS ? FAR_PPM : NEAR_PPM);
        offsetNs += Math.max(-limit, Math.min(limit, step));
    }
}
