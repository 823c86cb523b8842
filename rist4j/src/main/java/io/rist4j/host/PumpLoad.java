package io.rist4j.host;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.PumpStats;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How much a pump has to do: the share of its time in which it was busy lately, and what those will
 * add who were sent to it since. Not thread-safe.
 */
public final class PumpLoad {
    /** The busy time is looked at again after so long. */
    static final long LOOK_NS = 250 * SessionTime.MILLISECOND;

    /** What a handle costs that has a peer and no media: 0.25 ms a second. */
    static final double LEAST_OF_HANDLE = 1.0 / 4096;

    private final Supplier<PumpStats> stats;
    private final IntSupplier handles;
    private long busyNs;
    private long waitNs;
    private double share;
    private int sent;

    /**
     * The load of a pump that has just started.
     *
     * @param stats what it did so far
     * @param handles how many it serves
     */
    public PumpLoad(Supplier<PumpStats> stats, IntSupplier handles) {
        this.stats = stats;
        this.handles = handles;
    }

    /** Several pumps, and when they were looked at. */
    public static final class Group {
        private boolean hasLooked;
        private long lookedNs;
        private double ofHandle = LEAST_OF_HANDLE;

        /** A group that was not looked at yet. */
        public Group() {}

        /**
         * Which of them is to take another handle: the one that has least to do then. The next call
         * knows of it.
         *
         * @param loads of the pumps, at least one
         * @param nowNs the present, on any clock
         * @return its index
         */
        public int choose(List<PumpLoad> loads, long nowNs) {
            if (!hasLooked || nowNs - lookedNs >= LOOK_NS) {
                hasLooked = true;
                lookedNs = nowNs;
                look(loads);
            }
            int least = 0;
            for (int i = 1; i < loads.size(); i++) {
                if (loads.get(i).expected(ofHandle) < loads.get(least).expected(ofHandle)) {
                    least = i;
                }
            }
            loads.get(least).sent++;
            return least;
        }

        /** A new handle is taken to be as heavy as those that are there. */
        private void look(List<PumpLoad> loads) {
            double shares = 0;
            int present = 0;
            for (PumpLoad load : loads) {
                load.look();
                shares += load.share;
                present += load.handles.getAsInt();
            }
            ofHandle = Math.max(LEAST_OF_HANDLE, shares / Math.max(1, present));
        }
    }

    private void look() {
        PumpStats now = stats.get();
        long busySinceNs = now.busyNs() - busyNs;
        long allSinceNs = busySinceNs + now.waitNs() - waitNs;
        share = allSinceNs <= 0 ? 0 : (double) busySinceNs / allSinceNs;
        busyNs = now.busyNs();
        waitNs = now.waitNs();
        sent = 0;
    }

    private double expected(double ofHandle) {
        return share + sent * ofHandle + handles.getAsInt() * LEAST_OF_HANDLE;
    }
}
