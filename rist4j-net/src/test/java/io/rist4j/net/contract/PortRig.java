package io.rist4j.net.contract;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortPoller;
import io.rist4j.net.PortProvider;
import io.rist4j.net.PortSpec;
import io.rist4j.net.SessionClock;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A poller with some ports, turned by the test's own thread. */
public final class PortRig implements AutoCloseable {
    /** A datagram as a port handed it over. */
    public static final class Received {
        private final long arrivalNs;
        private final Endpoint from;
        private final byte[] bytes;

        Received(long arrivalNs, Endpoint from, byte[] bytes) {
            this.arrivalNs = arrivalNs;
            this.from = from;
            this.bytes = bytes;
        }

        /** When it came. */
        public long arrivalNs() {
            return arrivalNs;
        }

        /** Where it came from. */
        public Endpoint from() {
            return from;
        }

        /** Its payload. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** A port and what it received. */
    public final class RigPort {
        /** What arrived, in order. */
        public final List<Received> received = new ArrayList<>();

        /** The port under test. */
        public final DatagramPort port;

        Runnable onDatagram = () -> {};

        RigPort(PortSpec spec) throws IOException {
            port =
                    poller.open(
                            spec,
                            clock,
                            (arrivalNs, from, buffer, at, length) -> {
                                byte[] bytes = new byte[length];
                                buffer.get(at, bytes);
                                received.add(new Received(arrivalNs, from, bytes));
                                onDatagram.run();
                            });
        }

        /** Commits a datagram with a payload that the seed tells. */
        public void write(Endpoint to, int bytes, int seed) {
            int at = port.claim(to, bytes);
            port.sendBuffer().put(at, payload(bytes, seed));
            port.commit(bytes);
        }

        /** Commits a datagram. */
        public void write(RigPort to, int bytes, int seed) {
            write(to.port.localEndpoint(), bytes, seed);
        }

        /** Sends a datagram now. */
        public void send(Endpoint to, int bytes, int seed) {
            write(to, bytes, seed);
            port.flush();
        }

        /** Sends a datagram now. */
        public void send(RigPort to, int bytes, int seed) {
            send(to.port.localEndpoint(), bytes, seed);
        }

        /** The seeds of the payloads received, all of that size. */
        public List<Integer> seeds(int bytes) {
            var seeds = new ArrayList<Integer>();
            for (Received got : received) {
                int seed = 0;
                while (seed < 1 << 16 && !Arrays.equals(got.bytes, payload(bytes, seed))) {
                    seed++;
                }
                seeds.add(seed);
            }
            return seeds;
        }
    }

    private static final long PATIENCE_NS = 60_000_000_000L;

    private final PortPoller poller;
    private final List<RigPort> ports = new ArrayList<>();
    private final SessionClock clock = new RigClock();

    /** Knows the wall clock as well as it can be known. */
    private static final class RigClock implements SessionClock {
        private final long originNs = System.nanoTime();
        private final long wallOffsetNs;

        RigClock() {
            long tightestNs = Long.MAX_VALUE;
            long offsetNs = 0;
            for (int i = 0; i < 50; i++) {
                long beforeNs = nowNs();
                var wall = java.time.Instant.now();
                long afterNs = nowNs();
                if (afterNs - beforeNs < tightestNs) {
                    tightestNs = afterNs - beforeNs;
                    offsetNs = wall.getEpochSecond() * 1_000_000_000L + wall.getNano() - beforeNs;
                }
            }
            wallOffsetNs = offsetNs;
        }

        @Override
        public long nowNs() {
            return System.nanoTime() - originNs;
        }

        @Override
        public long wallOffsetNs() {
            return wallOffsetNs;
        }
    }

    /**
     * A poller of that kind, without ports.
     *
     * @param provider the kind
     */
    public PortRig(PortProvider provider) {
        poller = provider.newPoller();
    }

    /** Opens a port on the IPv4 loopback. */
    public RigPort open() throws IOException {
        return open(PortSpec.bind(Endpoint.ipv4(0x7F000001, 0)));
    }

    /** Opens a port. */
    public RigPort open(PortSpec spec) throws IOException {
        var port = new RigPort(spec);
        ports.add(port);
        return port;
    }

    /** The poller of the ports. */
    public PortPoller poller() {
        return poller;
    }

    /** The clock of the ports. */
    public SessionClock clock() {
        return clock;
    }

    /** Reads until that port has so many; fails when they do not come. */
    public void awaitReceived(RigPort port, int count) {
        long endNs = clock.nowNs() + PATIENCE_NS;
        while (port.received.size() < count) {
            if (clock.nowNs() > endNs) {
                throw new AssertionError(
                        "received " + port.received.size() + " of " + count + " datagrams");
            }
            poller.await(100_000_000);
            ports.forEach(p -> p.port.receive(1000));
        }
    }

    /** Reads until nothing is left. */
    public void readAll(RigPort port) {
        int before;
        do {
            before = port.received.size();
            poller.await(0);
            port.port.receive(1000);
        } while (port.received.size() > before);
    }

    /** Bytes that differ for each seed below 2^16. */
    public static byte[] payload(int bytes, int seed) {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            payload[i] = (byte) (i == 0 ? seed : i == 1 ? seed >> 8 : i + seed);
        }
        return payload;
    }

    @Override
    public void close() {
        ports.forEach(port -> port.port.close());
        poller.close();
    }
}
