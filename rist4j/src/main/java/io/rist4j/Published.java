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

    private final HandleCore core;
    private final Supplier<T> question;
    private volatile T latest;

    /** Before the session has begun, when any thread may look at it. */
    Published(HandleCore core, Supplier<T> question) {
        this.core = core;
        this.question = question;
        latest = question.get();
    }

    /** Computes it anew. On the network thread, or when the session has ended. */
    T refresh() {
        T now = question.get();
        latest = now;
        return now;
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
