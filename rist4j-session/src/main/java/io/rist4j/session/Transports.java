package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.transport.DatagramTransport;
import io.rist4j.session.transport.TransportMaker;
import io.rist4j.session.transport.TransportOutlet;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The transports below the links, by socket; most sockets have none. Serves their deadlines. */
final class Transports implements SessionPart {
    private static final long SLACK_NS = 5 * SessionTime.MILLISECOND;

    private final Sockets sockets;
    private final SessionSink sink;
    private @Nullable DatagramTransport[] below = {};
    private boolean isAny;

    /**
     * None yet.
     *
     * @param sockets of the session
     * @param sink sends what transports say themselves
     */
    Transports(Sockets sockets, SessionSink sink) {
        this.sockets = sockets;
        this.sink = sink;
    }

    /** A path came, with its sockets. */
    void add(int path, PathConfig config) {
        below = Arrays.copyOf(below, sockets.specs().size());
        TransportMaker maker = config.transport();
        for (int socket = 0; maker != null && socket < below.length; socket++) {
            if (sockets.pathOf(socket) == path) {
                below[socket] = maker.make(new Outlet(sink, socket));
                isAny = true;
            }
        }
    }

    /** A path leaves; its sockets are still there. */
    void remove(int path) {
        for (int socket = 0; socket < below.length; socket++) {
            DatagramTransport transport = below[socket];
            if (transport != null && sockets.pathOf(socket) == path) {
                transport.close();
                below[socket] = null;
            }
        }
    }

    /** The transport of a socket, or null where links have the socket to themselves. */
    @Nullable DatagramTransport of(int socket) {
        return isAny ? below[socket] : null;
    }

    /** Whether a link's datagrams can go to a peer. */
    boolean isOpen(int socket, Endpoint to) {
        DatagramTransport transport = of(socket);
        return transport == null || transport.isOpen(to);
    }

    /** Most bytes around a link's datagram. */
    int mostOverheadBytes(int socket) {
        DatagramTransport transport = of(socket);
        return transport == null ? 0 : transport.mostOverheadBytes();
    }

    /** A dialled peer is called, or called anew. */
    void call(long nowNs, Path path) {
        call(nowNs, path.mediaSocket, path.media);
        if (path.controlSocket != path.mediaSocket) {
            call(nowNs, path.controlSocket, path.control);
        }
    }

    private void call(long nowNs, int socket, @Nullable Endpoint peer) {
        DatagramTransport transport = of(socket);
        if (transport != null && peer != null) {
            transport.call(nowNs, peer);
        }
    }

    @Override
    public void wakes(Wake wake) {
        for (int socket = 0; isAny && socket < below.length; socket++) {
            DatagramTransport transport = below[socket];
            if (transport != null) {
                wake.at(transport.deadlineNs(), SLACK_NS, "transport");
            }
        }
    }

    @Override
    public void onDeadline(long nowNs) {
        for (int socket = 0; isAny && socket < below.length; socket++) {
            DatagramTransport transport = below[socket];
            if (transport != null && transport.deadlineNs() <= nowNs) {
                transport.onDeadline(nowNs);
            }
        }
    }

    /** The session ends. */
    void close() {
        for (DatagramTransport transport : below) {
            if (transport != null) {
                transport.close();
            }
        }
    }

    /** The way out of one socket's transport, past the links. */
    private record Outlet(SessionSink sink, int socket) implements TransportOutlet {
        @Override
        public int claim(Endpoint to, int mostBytes) {
            return sink.claim(socket, to, mostBytes);
        }

        @Override
        public ByteBuffer buffer() {
            return sink.buffer(socket);
        }

        @Override
        public void commit(int bytes) {
            sink.commit(socket, bytes);
        }
    }
}
