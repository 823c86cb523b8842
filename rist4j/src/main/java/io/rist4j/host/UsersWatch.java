package io.rist4j.host;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;

/**
 * Has a session ask its peers again when the users who may come in have changed. Looks once a
 * second, on a thread that may wait.
 */
final class UsersWatch {
    private static final long EVERY_NS = SessionTime.SECOND;

    private final Pump pump;
    private final PumpTask task;
    private final IntSupplier version;
    private final Runnable onChanged;
    private long dueNs = SessionTime.NEVER;
    private volatile boolean isLooking;

    /** Only the looks, one after the other, touch it. */
    private volatile int seen;

    /**
     * A watch that has not begun.
     *
     * @param task who is asked for its deadlines after a change
     * @param version another number after each change; may wait
     * @param onChanged called on the pump's thread
     */
    UsersWatch(Pump pump, PumpTask task, IntSupplier version, Runnable onChanged) {
        this.pump = pump;
        this.task = task;
        this.version = version;
        this.onChanged = onChanged;
        seen = version.getAsInt();
    }

    /** Begins to watch. */
    void start(long nowNs) {
        dueNs = nowNs + EVERY_NS;
    }

    long deadlineNs() {
        return dueNs;
    }

    /** How much later it may be served. */
    long slackNs() {
        return EVERY_NS / 2;
    }

    void onDeadline(long nowNs) {
        dueNs = nowNs + EVERY_NS;
        if (!isLooking) {
            isLooking = true;
            Thread.ofVirtual().name("rist-users").start(this::look);
        }
    }

    private void look() {
        int present = version.getAsInt();
        boolean isChanged = present != seen;
        seen = present;
        isLooking = false;
        if (isChanged) {
            try {
                pump.execute(task, onChanged);
            } catch (RejectedExecutionException over) {
                // the pump is closed, and with it the session
            }
        }
    }
}
