package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * How long a missing packet may be merely late before it is asked for: the configured hold, or more
 * when originals are seen to come later than that, because paths of unequal delay carry copies or
 * shares of the flow. Asking earlier would only bring what is under way already.
 *
 * <p>Needs several late originals within a second to begin, forgets them two seconds later, and
 * takes at most 1/8 of the recovery buffer. Ours alone: libRIST asks after its fixed hold. A
 * configured hold of 0 stays 0.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class ReorderHold {
    private static final long PERIOD_NS = SessionTime.SECOND;
    private static final long MARGIN_NS = 2 * SessionTime.MILLISECOND;
    private static final int EVIDENCE = 4;
    private static final int BUFFER_SHARE = 8;

    private final long configuredNs;
    private long periodEndNs;
    private long mostNs;
    private int late;
    private long lastNs;

    ReorderHold(long configuredNs) {
        this.configuredNs = configuredNs;
    }

    /** An original came so much later than it was known to be missing, or than its first copy. */
    void onLate(long nowNs, long latenessNs) {
        turn(nowNs);
        if (latenessNs > configuredNs) {
            late++;
            mostNs = Math.max(mostNs, latenessNs);
        }
    }

    private void turn(long nowNs) {
        if (nowNs < periodEndNs) {
            return;
        }
        boolean recent = nowNs - periodEndNs < PERIOD_NS;
        lastNs = recent && late >= EVIDENCE ? mostNs : 0;
        late = 0;
        mostNs = 0;
        periodEndNs = nowNs + PERIOD_NS;
    }

    /** The hold for a packet found missing now. */
    long holdNs(long nowNs, long bufferNs) {
        turn(nowNs);
        long seenNs = Math.max(lastNs, late >= EVIDENCE ? mostNs : 0);
        if (configuredNs == 0 || seenNs == 0) {
            return configuredNs;
        }
        return Math.max(configuredNs, Math.min(seenNs + MARGIN_NS, bufferNs / BUFFER_SHARE));
    }
}
