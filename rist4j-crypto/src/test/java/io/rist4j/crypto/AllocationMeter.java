package io.rist4j.crypto;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/** Measures what a piece of work allocates on the calling thread. */
public final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationMeter() {}

    /**
     * Runs the work several times and returns the bytes of the thriftiest round: early rounds pay
     * for class loading, the meter itself and the JIT.
     */
    public static long leastOf(int rounds, Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
