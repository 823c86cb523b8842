package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;
import io.rist4j.session.RedialSchedule;
import io.rist4j.session.Session;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.RejectedExecutionException;

/**
 * Calls dialled peers anew that were there and fell silent: looks their names up again, and opens
 * the sockets of their path again, for a NAT on the way may have forgotten the old port or the peer
 * may have moved. When, says a {@link RedialSchedule}.
 */
final class Redialer {
    /** Looks a configured peer up. May wait, and is called on a thread of its own. */
    @FunctionalInterface
    interface Resolver {
        /**
         * Where the peer is now.
         *
         * @param path index of the configured path
         * @return null while its name cannot be found
         */
        @Nullable Endpoint resolve(int path);
    }

    /** Opens a path's sockets again and tells the session. */
    @FunctionalInterface
    interface Dialer {
        void dial(long nowNs, int path, Endpoint peer);
    }

    private final Pump pump;
    private final PumpTask task;
    private final RedialSchedule schedule;
    private final Resolver resolver;
    private final Dialer dialer;
    private final boolean[] resolving;

    /**
     * @param task who is asked for its deadlines when a peer was looked up
     */
    Redialer(Pump pump, PumpTask task, Session session, Resolver resolver, Dialer dialer) {
        this.pump = pump;
        this.task = task;
        this.resolver = resolver;
        this.dialer = dialer;
        schedule = new RedialSchedule(session);
        resolving = new boolean[RedialSchedule.MOST_PATHS];
    }

    /** Begins to watch. */
    void start(long nowNs) {
        schedule.start(nowNs);
    }

    /** A path came, or went. */
    void watch(long nowNs, int path) {
        schedule.watch(nowNs, path);
    }

    long deadlineNs() {
        return schedule.deadlineNs();
    }

    /** How much later it may be served. */
    long slackNs() {
        return schedule.slackNs();
    }

    void onDeadline(long nowNs) {
        schedule.onDeadline(nowNs, this::look);
    }

    private void look(int path) {
        if (resolving[path]) {
            return;
        }
        resolving[path] = true;
        Thread.ofVirtual()
                .name("rist-redial")
                .start(() -> {
                    Endpoint found = resolver.resolve(path);
                    try {
                        pump.execute(task, () -> onFound(path, found));
                    } catch (RejectedExecutionException over) {
                        // the pump is closed, and with it the session
                    }
                });
    }

    private void onFound(int path, @Nullable Endpoint peer) {
        resolving[path] = false;
        long nowNs = pump.clock().nowNs();
        if (peer != null && schedule.isStillDue(nowNs, path)) {
            dialer.dial(nowNs, path, peer);
        }
    }
}
