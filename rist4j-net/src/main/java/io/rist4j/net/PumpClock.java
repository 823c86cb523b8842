package io.rist4j.net;

import java.time.Clock;
import java.time.Instant;

/** The clock of one pump: {@link System#nanoTime} from its start on. */
final class PumpClock implements SessionClock {
    /** Steps of the wall clock are noticed after this time. */
    private static final long REFRESH_NS = 1_000_000_000L;

    /** The wall clock is read between two readings of ours; the tightest pair of so many counts. */
    private static final int TRIES = 3;

    private final long originNs = System.nanoTime();
    private final Clock wall = Clock.systemUTC();
    private long refreshAtNs;
    private volatile long wallOffsetNs;

    PumpClock() {
        measureWallOffset();
    }

    @Override
    public long nowNs() {
        return System.nanoTime() - originNs;
    }

    @Override
    public long wallOffsetNs() {
        return wallOffsetNs;
    }

    /** Measures the wall clock again when the last measurement has aged. On the pump's thread. */
    void refresh(long nowNs) {
        if (nowNs >= refreshAtNs) {
            measureWallOffset();
            refreshAtNs = nowNs + REFRESH_NS;
        }
    }

    private void measureWallOffset() {
        long tightestNs = Long.MAX_VALUE;
        long offsetNs = 0;
        for (int i = 0; i < TRIES; i++) {
            long beforeNs = nowNs();
            Instant instant = wall.instant();
            long afterNs = nowNs();
            if (afterNs - beforeNs < tightestNs) {
                tightestNs = afterNs - beforeNs;
                long wallNs = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
                offsetNs = wallNs - (beforeNs + (afterNs - beforeNs) / 2);
            }
        }
        wallOffsetNs = offsetNs;
    }
}
