package io.rist4j.net.contract;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/** Measures what threads allocate. */
public final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationMeter() {}

    /**
     * Bytes that a thread has allocated since it started.
     *
     * @param threadId whose
     */
    public static long allocatedBy(long threadId) {
        return THREADS.getThreadAllocatedBytes(threadId);
    }
}
