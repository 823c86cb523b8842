package io.rist4j.host;

import static io.rist4j.core.time.SessionTime.NEVER;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.net.Pump;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Session;
import io.rist4j.session.SessionConfig;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Calls dialled peers anew that were there and fell silent: looks their names up again, and opens
 * the sockets of their path again, for a NAT on the way may have forgotten the old port or the peer
 * may have moved. Tries for ever, at growing intervals.
 */
final class Redialer {
    /** A path that has just gone down may come back by itself. */
    private static final long LEAST_PATIENCE_NS = 2 * SessionTime.SECOND;

    /** Attempts come this many times further apart at last. */
    private static final int MOST_INTERVALS = 10;

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
    private final Session session;
    private final List<PathConfig> paths;
    private final Resolver resolver;
    private final Dialer dialer;
    private final long patienceNs;
    private final int[] tries;
    private final boolean[] resolving;
    private final long[] dueNs;

    Redialer(Pump pump, Session session, Resolver resolver, Dialer dialer) {
        this.pump = pump;
        this.session = session;
        this.resolver = resolver;
        this.dialer = dialer;
        SessionConfig config = session.config();
        paths = config.paths();
        patienceNs = Math.max(LEAST_PATIENCE_NS, config.sessionTimeoutNs());
        tries = new int[paths.size()];
        resolving = new boolean[paths.size()];
        dueNs = new long[paths.size()];
    }

    /** Begins to watch. */
    void start(long nowNs) {
        for (int path = 0; path < dueNs.length; path++) {
            boolean dials = paths.get(path).contact() == PathConfig.Contact.DIAL;
            dueNs[path] = dials ? nowNs + patienceNs : NEVER;
        }
    }

    long deadlineNs() {
        long deadlineNs = NEVER;
        for (long due : dueNs) {
            deadlineNs = Math.min(deadlineNs, due);
        }
        return deadlineNs;
    }

    /** How much later it may be served. */
    long slackNs() {
        return patienceNs / 4;
    }

    void onDeadline(long nowNs) {
        for (int path = 0; path < dueNs.length; path++) {
            if (dueNs[path] > nowNs) {
                continue;
            }
            if (session.isLost(nowNs, path)) {
                tries[path]++;
                look(path);
            } else {
                tries[path] = 0;
            }
            dueNs[path] = nowNs + patienceNs * Math.clamp(tries[path], 1, MOST_INTERVALS);
        }
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
                        pump.execute(() -> onFound(path, found));
                    } catch (RejectedExecutionException over) {
                        // the pump is closed, and with it the session
                    }
                });
    }

    private void onFound(int path, @Nullable Endpoint peer) {
        resolving[path] = false;
        long nowNs = pump.clock().nowNs();
        if (peer != null && session.isLost(nowNs, path)) {
            dialer.dial(nowNs, path, peer);
        }
    }
}
