package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.session.RedialSchedule;
import io.rist4j.session.SocketSpec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The ports of a session's sockets, by index, while paths come, go and are called anew; what they
 * did in all, and what the system refused to send there. On the pump's thread.
 */
final class HostPorts {
    private final SessionSockets opener;
    private final SessionSockets.Handler handler;
    private final RefusalWatch.Listener refusals;
    private final @Nullable SocketOptions[] options = new SocketOptions[RedialSchedule.MOST_PATHS];
    private final SocketTotals replaced = new SocketTotals();
    private DatagramPort[] ports = {};
    private RefusalWatch[] watches = {};
    private Endpoint claimedTo = Endpoint.ipv4(0, 0);

    HostPorts(
            SessionSockets opener, SessionSockets.Handler handler, RefusalWatch.Listener refusals) {
        this.opener = opener;
        this.handler = handler;
        this.refusals = refusals;
    }

    /**
     * Opens those that a session begins with.
     *
     * @param ofPaths options of each configured path
     */
    void open(List<SocketSpec> specs, List<SocketOptions> ofPaths) throws IOException {
        for (int path = 0; path < ofPaths.size(); path++) {
            options[path] = ofPaths.get(path);
        }
        ports = opener.open(specs, ofPaths, handler);
        watchAll();
    }

    private void watchAll() {
        int before = watches.length;
        watches = Arrays.copyOf(watches, ports.length);
        for (int socket = before; socket < watches.length; socket++) {
            watches[socket] = new RefusalWatch(refusals);
        }
    }

    /** Opens those of a path that was added; none stays open where one cannot be opened. */
    void add(int path, List<SocketSpec> specs, SocketOptions option) throws IOException {
        options[path] = option;
        take(opener.openPath(path, specs, option, handler));
    }

    /** Closes those of a path, and opens them again on other ports. */
    void reopen(int path, List<SocketSpec> specs) throws IOException {
        SocketOptions option = options[path];
        if (option != null) {
            for (int socket = 0; socket < ports.length; socket++) {
                if (specs.get(socket).path() == path) {
                    ports[socket].close(); // a configured port must be free
                }
            }
            take(opener.openPath(path, specs, option, handler));
        }
    }

    private void take(@Nullable DatagramPort[] opened) {
        DatagramPort[] all = Arrays.copyOf(ports, Math.max(ports.length, opened.length));
        for (int socket = 0; socket < opened.length; socket++) {
            DatagramPort port = opened[socket];
            if (port != null) {
                if (socket < ports.length) {
                    replaced.add(ports[socket]);
                }
                all[socket] = port;
            }
        }
        ports = all;
        watchAll();
    }

    /** Indexes of a path's sockets. */
    int[] of(int path, List<SocketSpec> specs) {
        return IntStream.range(0, specs.size())
                .filter(socket -> specs.get(socket).path() == path)
                .toArray();
    }

    /** Lets what was said there leave, and closes them: their path is gone. */
    void close(int[] sockets) {
        for (int socket : sockets) {
            if (socket < ports.length) {
                ports[socket].flush();
                ports[socket].close();
            }
        }
    }

    /**
     * Closes all.
     *
     * @param flushes whether what was said leaves before
     */
    void close(boolean flushes) {
        for (DatagramPort port : ports) {
            if (flushes) {
                port.flush();
            }
            port.close();
        }
    }

    /** Looks what the system refused. */
    void look(long nowNs) {
        for (int socket = 0; socket < ports.length; socket++) {
            watches[socket].look(nowNs, ports[socket]);
        }
    }

    int claim(int socket, Endpoint to, int maxBytes) {
        claimedTo = to;
        return ports[socket].claim(to, maxBytes);
    }

    ByteBuffer buffer(int socket) {
        return ports[socket].sendBuffer();
    }

    /** Sends what was claimed, unless it would be refused again. */
    void commit(int socket, int bytes, long nowNs) {
        RefusalWatch watch = watches[socket];
        if (watch.mayLeave(claimedTo, bytes) || watch.probes(nowNs)) {
            ports[socket].commit(bytes);
        }
    }

    /** Them, by socket. */
    List<DatagramPort> all() {
        return List.of(ports);
    }

    /** What all of them did, those that are gone included. */
    SocketTotals totals() {
        SocketTotals totals = replaced.copy();
        for (DatagramPort port : ports) {
            totals.add(port);
        }
        return totals;
    }
}
