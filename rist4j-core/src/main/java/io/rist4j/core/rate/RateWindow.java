package io.rist4j.core.rate;

import io.rist4j.core.time.SessionTime;

/**
 * A bitrate over consecutive windows of one length, smoothed with weight 1/8. The window in
 * progress counts as soon as it would raise the average, so a burst shows at once and not only when
 * its window ends. Not thread-safe.
 */
final class RateWindow {
    /** After so many silent windows nothing is left of a rate below 10 Tb/s: (7/8)^256 = 1e-15. */
    private static final int FORGET_WINDOWS = 256;

    private final int windowsPerSecond;
    private final long windowNs;
    private final boolean startsFull;
    private final boolean endsInSilence;
    private long startNs;
    private long bytes;
    private boolean started;
    private boolean settled;

    /** Eight times the smoothed rate, so that the division loses nothing. */
    private long eightfold;

    /**
     * A window without bytes.
     *
     * @param windowsPerSecond how many windows make a second
     * @param startsFull whether the first window counts whole instead of by an eighth: right for a
     *     stream, whose rate is known after one window; wrong for something that comes in bursts
     * @param endsInSilence whether a window without bytes ends what was measured, and the next
     *     bytes begin anew; otherwise it fades
     */
    RateWindow(int windowsPerSecond, boolean startsFull, boolean endsInSilence) {
        this.windowsPerSecond = windowsPerSecond;
        this.windowNs = SessionTime.SECOND / windowsPerSecond;
        this.startsFull = startsFull;
        this.endsInSilence = endsInSilence;
    }

    void add(long nowNs, long moreBytes) {
        roll(nowNs);
        bytes += moreBytes;
    }

    long bitsPerSecond(long nowNs) {
        roll(nowNs);
        long ended = eightfold;
        long asIfEnded = ended + bitsPerSecondOfWindow() - ended / 8;
        return Math.max(ended, asIfEnded) / 8;
    }

    private void roll(long nowNs) {
        if (!started) {
            started = true;
            startNs = nowNs;
            return;
        }
        long passed = (nowNs - startNs) / windowNs;
        if (passed <= 0) {
            return;
        }
        boolean wasSilent = passed > 1 || bytes == 0;
        if (settled || !startsFull) {
            eightfold += bitsPerSecondOfWindow() - eightfold / 8;
        } else {
            eightfold = 8 * bitsPerSecondOfWindow();
        }
        settled = true;
        bytes = 0;
        if (endsInSilence && wasSilent) {
            eightfold = 0;
            settled = false;
        } else if (passed > FORGET_WINDOWS) {
            eightfold = 0;
        } else {
            for (long silent = 1; silent < passed; silent++) {
                eightfold -= eightfold / 8;
            }
        }
        startNs += passed * windowNs;
    }

    private long bitsPerSecondOfWindow() {
        return bytes * 8 * windowsPerSecond;
    }
}
