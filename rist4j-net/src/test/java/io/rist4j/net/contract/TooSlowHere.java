package io.rist4j.net.contract;

import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * For tests over sockets, in real time: one that fails while this machine did not run its threads
 * is skipped and says so, for nobody can tell then what is wrong. A thread that wants to run every
 * few milliseconds measures that.
 */
public final class TooSlowHere
        implements BeforeTestExecutionCallback, TestExecutionExceptionHandler {
    /** Tests' buffers are longer, and peers' timeouts much longer. */
    private static final long MOST_STALLED_NS = TimeUnit.MILLISECONDS.toNanos(150);

    /** With so many threads for each processor that want to run, every one waits. */
    private static final double MOST_LOAD = 4;

    private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final AtomicLong LONGEST_NS = new AtomicLong();

    static {
        Thread.ofPlatform().daemon().name("stall-watch").start(TooSlowHere::watch);
    }

    private static void watch() {
        long dueNs = System.nanoTime() + EVERY_NS;
        while (true) {
            long waitNs = dueNs - System.nanoTime();
            if (waitNs > 0) {
                LockSupport.parkNanos(waitNs);
                continue;
            }
            long lateNs = -waitNs;
            LONGEST_NS.accumulateAndGet(lateNs, Math::max);
            dueNs += lateNs + EVERY_NS;
        }
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        LONGEST_NS.set(0);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        double load = load() / Runtime.getRuntime().availableProcessors();
        throw judged(failure, LONGEST_NS.get(), load);
    }

    /**
     * What a failure comes to.
     *
     * @param stalledNs the longest that a thread waited for a processor meanwhile
     * @param load threads for each processor that want to run
     */
    static Throwable judged(Throwable failure, long stalledNs, double load) {
        boolean slow = stalledNs > MOST_STALLED_NS || load > MOST_LOAD;
        return slow && !(failure instanceof TestAbortedException)
                ? new TestAbortedException(
                        String.format(
                                Locale.ROOT,
                                "too slow here: a thread waited %d ms for a processor, %.1f want each"
                                        + " of them; it failed with %s",
                                TimeUnit.NANOSECONDS.toMillis(stalledNs),
                                load,
                                failure),
                        failure)
                : failure;
    }

    /** Threads that want to run, over the last minute; 0 where the system does not tell. */
    private static double load() {
        try {
            String line = Files.readString(Path.of("/proc/loadavg"));
            return Double.parseDouble(line.substring(0, line.indexOf(' ')));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return 0;
        }
    }
}
