package io.rist4j.core.rate;

import io.rist4j.core.time.SessionTime;

/**
 * Admits bytes up to a sustained rate, with bursts up to a limit. Kept as the instant until which
 * the rate is spoken for, so nothing accumulates and nothing drifts.
 *
 * <p>A full bucket admits anything, also what is larger than the burst: otherwise a packet larger
 * than the burst would never pass. Not thread-safe; times in ns of the session clock;
 * allocation-free.
 */
public final class TokenBucket {
    private static final long MAX_BITS_PER_SECOND = 1_000_000_000_000L;
    private static final long MAX_BURST_BYTES = 1L << 30;

    private long bitsPerSecond;
    private long burstBytes;
    private long burstNs;
    private long spokenForNs;

    /**
     * A full bucket.
     *
     * @param bitsPerSecond sustained rate in bit/s, 0 (no limit)..1 Tb/s
     * @param burstBytes how much may pass at once after a rest, in bytes, 0..1 GiB
     */
    public TokenBucket(long bitsPerSecond, long burstBytes) {
        setRate(bitsPerSecond, burstBytes);
    }

    /**
     * Changes rate and burst; what is spoken for stays so.
     *
     * @param newBitsPerSecond sustained rate in bit/s, 0 (no limit)..1 Tb/s
     * @param newBurstBytes how much may pass at once after a rest, in bytes, 0..1 GiB
     */
    public void setRate(long newBitsPerSecond, long newBurstBytes) {
        if (newBitsPerSecond < 0 || newBitsPerSecond > MAX_BITS_PER_SECOND) {
            throw new IllegalArgumentException(
                    "rate " + newBitsPerSecond + " bit/s is outside 0 bit/s..1 Tb/s");
        }
        if (newBurstBytes < 0 || newBurstBytes > MAX_BURST_BYTES) {
            throw new IllegalArgumentException(
                    "burst " + newBurstBytes + " bytes is outside 0..1073741824 bytes");
        }
        bitsPerSecond = newBitsPerSecond;
        burstBytes = newBurstBytes;
        burstNs = newBitsPerSecond == 0 ? 0 : timeOf(newBurstBytes);
    }

    /** The sustained rate in bit/s; 0 means no limit. */
    public long bitsPerSecond() {
        return bitsPerSecond;
    }

    /** How much may pass at once after a rest, in bytes. */
    public long burstBytes() {
        return burstBytes;
    }

    /**
     * Takes what bytes cost, if there is enough.
     *
     * @param nowNs session clock
     * @param bytes how many are to pass, 0 or more
     * @return whether they may pass; when not, nothing was taken
     */
    public boolean take(long nowNs, int bytes) {
        if (bitsPerSecond == 0) {
            return true;
        }
        if (nowNs < availableNs(bytes)) {
            return false;
        }
        spokenForNs = Math.max(spokenForNs, nowNs) + timeOf(bytes);
        return true;
    }

    /**
     * When {@link #take} will admit so many bytes, if nothing else takes before.
     *
     * @param bytes how many are to pass, 0 or more
     * @return an instant of the session clock, possibly in the past
     */
    public long availableNs(int bytes) {
        if (bitsPerSecond == 0) {
            return 0;
        }
        return Math.min(spokenForNs, spokenForNs + timeOf(bytes) - burstNs);
    }

    /** Rounded up, so that the sum of many small packets never passes the rate. */
    private long timeOf(long bytes) {
        return Math.ceilDiv(bytes * 8 * SessionTime.SECOND, bitsPerSecond);
    }
}
