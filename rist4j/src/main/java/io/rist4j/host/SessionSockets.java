package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortSpec;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;
import io.rist4j.session.SocketSpec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/** Opens the sockets that a session asks for, all or none. */
final class SessionSockets {
    /** Pairs of ports to try: the system gives any port, half of them odd, few taken. */
    private static final int PAIR_TRIES = 100;

    /** Takes the datagrams of all sockets. */
    interface Handler {
        void onDatagram(
                int socket, long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes);
    }

    private final Pump pump;
    private final PumpTask task;

    SessionSockets(Pump pump, PumpTask task) {
        this.pump = pump;
        this.task = task;
    }

    /**
     * Opens them.
     *
     * @param options of each configured path
     * @return the ports in the order of the specifications
     */
    DatagramPort[] open(List<SocketSpec> specs, List<SocketOptions> options, Handler handler)
            throws IOException {
        @Nullable DatagramPort[] ports = new DatagramPort[specs.size()];
        try {
            for (int i = 0; i < ports.length; i++) {
                if (isPair(specs, i)) {
                    openPair(specs, options, i, ports, handler);
                    i++;
                } else {
                    ports[i] = openAlone(specs, options, i, handler);
                }
            }
        } catch (IOException | RuntimeException | Error refused) {
            close(ports, refused);
            throw refused;
        }
        var opened = new DatagramPort[ports.length];
        for (int i = 0; i < ports.length; i++) {
            DatagramPort port = ports[i];
            if (port == null) {
                throw new IllegalStateException("socket " + i + " was not opened");
            }
            opened[i] = port;
        }
        return opened;
    }

    /**
     * Opens the sockets of one path.
     *
     * @param path index of the configured path
     * @param option of its sockets
     * @return its ports by index of the socket, null for those of others
     */
    @Nullable DatagramPort[] openPath(
            int path, List<SocketSpec> specs, SocketOptions option, Handler handler)
            throws IOException {
        List<SocketOptions> options = Collections.nCopies(path + 1, option);
        @Nullable DatagramPort[] opened = new DatagramPort[specs.size()];
        try {
            for (int i = 0; i < opened.length; i++) {
                if (specs.get(i).path() != path) {
                    continue;
                }
                if (isPair(specs, i)) {
                    openPair(specs, options, i, opened, handler);
                    i++;
                } else {
                    opened[i] = openAlone(specs, options, i, handler);
                }
            }
        } catch (IOException | RuntimeException | Error refused) {
            close(opened, refused);
            throw refused;
        }
        return opened;
    }

    /** Closes what is open already; whatever goes wrong there does not hide why. */
    private static void close(@Nullable DatagramPort[] opened, Throwable why) {
        for (DatagramPort port : opened) {
            try {
                if (port != null) {
                    port.close();
                }
            } catch (RuntimeException further) {
                why.addSuppressed(further);
            }
        }
    }

    /** Whether the next socket's port follows this one's, which the system chooses. */
    private static boolean isPair(List<SocketSpec> specs, int i) {
        return i + 1 < specs.size()
                && specs.get(i + 1).follows() == i
                && specs.get(i).local().port() == 0;
    }

    private void openPair(
            List<SocketSpec> specs,
            List<SocketOptions> options,
            int first,
            @Nullable DatagramPort[] ports,
            Handler handler)
            throws IOException {
        IOException last = new IOException("the system gives no even port with a free one after");
        for (int tries = 0; tries < PAIR_TRIES; tries++) {
            Endpoint local = specs.get(first).local();
            DatagramPort even = open(specs, options, first, local, handler);
            ports[first] = even; // closed with all where the next one fails for good
            int port = even.localEndpoint().port();
            if (port % 2 == 0) {
                try {
                    Endpoint next = specs.get(first + 1).local().withPort(port + 1);
                    ports[first + 1] = open(specs, options, first + 1, next, handler);
                    return;
                } catch (IOException taken) {
                    last = taken;
                }
            }
            ports[first] = null;
            even.close();
        }
        throw last;
    }

    /**
     * Where another socket of this host has the port at one of its addresses, a group is listened
     * to alone; what is said to this host goes to the other one then.
     */
    private DatagramPort openAlone(
            List<SocketSpec> specs, List<SocketOptions> options, int socket, Handler handler)
            throws IOException {
        Endpoint local = specs.get(socket).local();
        Endpoint group = specs.get(socket).group();
        try {
            return open(specs, options, socket, local, handler);
        } catch (IOException taken) {
            if (group == null || group.equals(local)) {
                throw taken;
            }
            return open(specs, options, socket, group, handler);
        }
    }

    private DatagramPort open(
            List<SocketSpec> specs,
            List<SocketOptions> options,
            int socket,
            Endpoint local,
            Handler handler)
            throws IOException {
        SocketSpec spec = specs.get(socket);
        SocketOptions option = options.get(spec.path());
        boolean multicast = spec.destination().isMulticast();
        var port =
                new PortSpec(
                        local,
                        spec.group(),
                        option.networkInterface(),
                        multicast ? option.multicastSource() : null,
                        option.multicastTtl(),
                        option.multicastLoopback(),
                        spec.group() != null,
                        PortSpec.DEFAULT_RECEIVE_BUFFER_BYTES,
                        PortSpec.DEFAULT_SEND_BUFFER_BYTES,
                        !option.fragments());
        return pump.open(
                port,
                (arrivalNs, from, buffer, at, bytes) ->
                        handler.onDatagram(socket, arrivalNs, from, buffer, at, bytes),
                task);
    }
}
