package io.rist4j;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.Pump;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Something that is computed on the network thread and read on any, without waiting for long: the
 * latest value is kept. Readers get a new one when the network thread has time at once, and the
 * latest otherwise, which {@link #refresh} keeps young.
 */
final class Published<T> {
    /** A network thread that does not answer in this time is held up by somebody's handler. */
    private static final long PATIENCE_NS = 100 * SessionTime.MILLISECOND;

    /** Sessions that are at work publish every second. */
    private static final long OLD_NS = 1_500 * SessionTime.MILLISECOND;

    private final HandleCore core;
    private final Supplier<T> question;
    private volatile T latest;
    private volatile long latestNs;

    /** Before the session has begun, when any thread may look at it. */
    Published(HandleCore core, Supplier<T> question) {
        this.core = core;
        this.question = question;
        latest = question.get();
        latestNs = core.pump().clock().nowNs();
    }

    /** Computes it anew. On the network thread, or when the session has ended. */
    T refresh() {
        T now = question.get();
        latest = now;
        latestNs = core.pump().clock().nowNs();
        return now;
    }

    /**
     * The value that the network thread published last. Never waits, and wakes nobody but a session
     * that has had nothing to do for longer than a value may be old, for the next time.
     */
    T latest() {
        if (core.isClosed()) {
            return refresh();
        }
        if (core.pump().clock().nowNs() - latestNs > OLD_NS) {
            try {
                core.pump().execute(this::refresh);
            } catch (RejectedExecutionException over) {
                // its session is ending
            }
        }
        return latest;
    }

    /** The value: of this moment where that can be had at once, else the latest. */
    T read() {
        Pump pump = core.pump();
        if (core.isClosed() || pump.isPumpThread()) {
            return refresh();
        }
        var asked = new FutureTask<T>(this::refresh);
        try {
            pump.execute(asked);
        } catch (RejectedExecutionException over) {
            return latest;
        }
        if (Pump.isAnyPumpThread()) {
            return latest;
        }
        try {
            return asked.get(PATIENCE_NS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return latest;
        } catch (TimeoutException heldUp) {
            return latest;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("statistics could not be taken", failed.getCause());
        }
    }
}
