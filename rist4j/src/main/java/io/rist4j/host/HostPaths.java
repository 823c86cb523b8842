package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.Wake;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Session;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The paths of a running session: they come, go, and are called anew. On the pump's thread. */
final class HostPaths {
    private final Session session;
    private final HostPorts ports;
    private final Told told;
    private final HostListener listener;
    private final Map<Integer, Endpoint> added = new ConcurrentHashMap<>();
    private final @Nullable Redialer redialer;
    private boolean isOpen;

    /**
     * @param task whose paths they are
     * @param resolver as {@link SessionHost} has it
     */
    HostPaths(
            Pump pump,
            PumpTask task,
            Session session,
            HostPorts ports,
            Told told,
            HostListener listener,
            @Nullable Function<Integer, @Nullable Endpoint> resolver) {
        this.session = session;
        this.ports = ports;
        this.told = told;
        this.listener = listener;
        redialer =
                resolver == null
                        ? null
                        : new Redialer(
                                pump, task, session, new Peers(added, resolver), this::redial);
    }

    /**
     * Where peers are now: that of an added path stays where it was said to be.
     *
     * @param added by path; changes
     * @param resolver looks the others up
     */
    private record Peers(
            Map<Integer, Endpoint> added, Function<Integer, @Nullable Endpoint> resolver)
            implements Redialer.Resolver {
        @Override
        public @Nullable Endpoint resolve(int path) {
            Endpoint fixed = added.get(path);
            return fixed != null ? fixed : resolver.apply(path);
        }
    }

    /** Opens the sockets that the session begins with; none stays open where one cannot be. */
    void open(long nowNs, List<SocketOptions> options) throws IOException {
        ports.open(session.sockets(), options);
        isOpen = true;
        if (redialer != null) {
            redialer.start(nowNs);
        }
    }

    /** Nobody is called anew from now on. */
    void end() {
        isOpen = false;
    }

    /** As {@link SessionHost#addPath}. */
    int add(long nowNs, PathConfig path, SocketOptions options) throws IOException {
        int index = session.addPath(path);
        added.put(index, path.endpoint());
        try {
            ports.add(index, session.sockets(), options);
            told.enter();
            session.startPath(nowNs, index);
        } catch (IOException | RuntimeException refused) {
            remove(nowNs, index);
            throw refused;
        }
        watch(nowNs, index);
        told.leave();
        return index;
    }

    /** As {@link SessionHost#removePath}. */
    void remove(long nowNs, int path) {
        int[] sockets = ports.of(path, session.sockets());
        told.enter();
        session.removePath(nowNs, path);
        ports.close(sockets);
        added.remove(path);
        watch(nowNs, path);
        told.leave();
    }

    private void watch(long nowNs, int path) {
        if (redialer != null) {
            redialer.watch(nowNs, path);
        }
    }

    /** Opens the sockets of a path again, and calls its peer from them. */
    private void redial(long nowNs, int path, Endpoint peer) {
        if (!isOpen) {
            return;
        }
        try {
            ports.reopen(path, session.sockets());
        } catch (IOException unavailable) {
            return; // tried again with the next attempt
        }
        told.enter();
        session.redial(nowNs, path, peer);
        told.leave();
        listener.onRedialled(path, peer);
    }

    void wakes(Wake wake) {
        if (redialer != null) {
            wake.at(redialer.deadlineNs(), redialer.slackNs(), "redial");
        }
    }

    void onDeadline(long nowNs) {
        if (redialer != null && isOpen && redialer.deadlineNs() <= nowNs) {
            redialer.onDeadline(nowNs);
        }
    }
}
