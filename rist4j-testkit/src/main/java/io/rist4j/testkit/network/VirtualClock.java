package io.rist4j.testkit.network;

import io.rist4j.net.SessionClock;

/**
 * A clock that stands still until it is told to move. Serves wherever a pump's clock is expected.
 * Not thread-safe.
 */
public final class VirtualClock implements SessionClock {
    /** 2026-01-01T00:00:00Z in ns since 1970. */
    private static final long EPOCH_NS = 1_767_225_600_000_000_000L;

    private long nowNs;
    private long wallOffsetNs = EPOCH_NS;

    /**
     * A clock that shows a time.
     *
     * @param nowNs in ns, at least 0
     */
    public VirtualClock(long nowNs) {
        if (nowNs < 0) {
            throw new IllegalArgumentException("time " + nowNs + " ns is below 0 ns");
        }
        this.nowNs = nowNs;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public long wallOffsetNs() {
        return wallOffsetNs;
    }

    /**
     * Moves to a later instant.
     *
     * @param laterNs in ns, never before the present
     */
    public void advanceTo(long laterNs) {
        if (laterNs < nowNs) {
            throw new IllegalArgumentException(
                    "time would go back from " + nowNs + " ns to " + laterNs + " ns");
        }
        nowNs = laterNs;
    }

    /**
     * Moves on.
     *
     * @param durationNs in ns, at least 0
     */
    public void advance(long durationNs) {
        advanceTo(nowNs + durationNs);
    }

    /**
     * Sets the wall clock; it moves with this clock from then on. It begins at the start of 2026.
     *
     * @param wallNs in ns since 1970
     */
    public void setWallTime(long wallNs) {
        wallOffsetNs = wallNs - nowNs;
    }
}
