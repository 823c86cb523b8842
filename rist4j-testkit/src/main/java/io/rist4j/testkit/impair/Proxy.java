package io.rist4j.testkit.impair;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.Wake;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortSpec;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;
import io.rist4j.net.SessionClock;
import io.rist4j.testkit.link.InFlight;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.LinkModel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The proxy on its pump: takes datagrams of its lanes, asks the link models, and sends each copy
 * when its time has come. Lives on the pump's thread once it was added.
 */
final class Proxy implements PumpTask {
    private static final int FORWARD = 0;
    private static final int BACKWARD = 1;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int PORT_ATTEMPTS = 200;

    private final LinkModel[] links;
    private final InFlight inFlight;
    private final long gatherNs;
    private final long originNs;
    private final long endNs;
    private final Runnable onEnd;
    private final long[] enteredNs = new long[2];
    private final long[] sent = new long[2];
    private final long[] sentBytes = new long[2];
    private final long[] unroutable = new long[2];
    private final long[] overMemory = new long[2];

    /** Set before the proxy's address is told to anybody: no datagram comes earlier. */
    private volatile Lane[] lanes = {};

    private boolean over;

    /** One port: a socket towards the dialling peer and one towards the target. */
    private static final class Lane {
        final DatagramPort peerSide;
        final DatagramPort targetSide;
        final Endpoint target;
        final ServedPeer peer = new ServedPeer();

        Lane(DatagramPort peerSide, DatagramPort targetSide, Endpoint target) {
            this.peerSide = peerSide;
            this.targetSide = targetSide;
            this.target = target;
        }
    }

    Proxy(
            SessionClock clock,
            LinkModel forward,
            LinkModel backward,
            int memoryBytes,
            long gatherNs,
            long atMostNs,
            Runnable onEnd) {
        this.gatherNs = gatherNs;
        this.onEnd = onEnd;
        links = new LinkModel[] {forward, backward};
        inFlight = new InFlight(memoryBytes, true);
        originNs = clock.nowNs();
        endNs = originNs + atMostNs;
    }

    // ---- ports

    /** Opens every lane; returns the address and first port to dial. */
    InetSocketAddress open(Pump pump, InetSocketAddress listen, InetSocketAddress target, int ports)
            throws IOException {
        if (target.getPort() + ports > 65_536) {
            throw new IllegalArgumentException(
                    "target port "
                            + target.getPort()
                            + " is outside 1.."
                            + (65_536 - ports)
                            + " for "
                            + ports
                            + " ports");
        }
        DatagramPort[] peerSides = openPeerSides(pump, SocketAddresses.of(listen), ports);
        var opened = new Lane[ports];
        for (int i = 0; i < ports; i++) {
            int lane = i;
            DatagramPort targetSide =
                    pump.open(
                            spec(SocketAddresses.anyPortTowards(target)),
                            (arrivalNs, from, buffer, at, bytes) ->
                                    onAnswer(lane, arrivalNs, from, buffer, at, bytes),
                            this);
            opened[i] =
                    new Lane(
                            peerSides[i],
                            targetSide,
                            SocketAddresses.of(target).withPort(target.getPort() + i));
        }
        lanes = opened;
        return SocketAddresses.of(
                SocketAddresses.of(listen).withPort(peerSides[0].localEndpoint().port()));
    }

    private DatagramPort[] openPeerSides(Pump pump, Endpoint listen, int ports) throws IOException {
        if (listen.port() != 0) {
            return openConsecutive(pump, listen, ports);
        }
        IOException last = new IOException("no free ports");
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            DatagramPort probe =
                    pump.open(spec(listen), (arrivalNs, from, buffer, at, bytes) -> {}, this);
            int first = probe.localEndpoint().port() & ~1;
            close(pump, probe);
            try {
                return openConsecutive(pump, listen.withPort(first), ports);
            } catch (IOException e) {
                last = new IOException("no " + ports + " consecutive free ports", e);
            }
        }
        throw last;
    }

    private DatagramPort[] openConsecutive(Pump pump, Endpoint first, int ports)
            throws IOException {
        var opened = new DatagramPort[ports];
        boolean complete = false;
        try {
            for (int i = 0; i < ports; i++) {
                int lane = i;
                opened[i] =
                        pump.open(
                                spec(first.withPort(Math.min(65_535, first.port() + i))),
                                (arrivalNs, from, buffer, at, bytes) ->
                                        onAsk(lane, arrivalNs, from, buffer, at, bytes),
                                this);
            }
            complete = true;
            return opened;
        } finally {
            for (int i = 0; !complete && i < ports; i++) {
                if (opened[i] != null) {
                    close(pump, opened[i]);
                }
            }
        }
    }

    /** Closes a port on the pump's thread, before anything that is asked of the pump later. */
    private static void close(Pump pump, DatagramPort port) {
        pump.execute(port::close);
    }

    private static PortSpec spec(Endpoint local) {
        return new PortSpec(
                local,
                null,
                null,
                -1,
                false,
                false,
                SOCKET_BUFFER_BYTES,
                SOCKET_BUFFER_BYTES,
                false);
    }

    // ---- datagrams

    private void onAsk(
            int lane, long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        if (lane >= lanes.length) {
            return;
        }
        if (lanes[lane].peer.serves(from, arrivalNs)) {
            take(lane, FORWARD, arrivalNs, buffer, at, bytes);
        } else {
            unroutable[FORWARD]++;
        }
    }

    private void onAnswer(
            int lane, long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        if (lane >= lanes.length
                || lanes[lane].peer.endpoint() == null
                || !from.equals(lanes[lane].target)) {
            unroutable[BACKWARD]++;
            return;
        }
        take(lane, BACKWARD, arrivalNs, buffer, at, bytes);
    }

    private void take(int lane, int way, long arrivalNs, ByteBuffer buffer, int at, int bytes) {
        // Batches of several sockets overlap in time; a link knows one order only.
        enteredNs[way] = Math.max(enteredNs[way], arrivalNs);
        int copies = links[way].offer(enteredNs[way] - originNs, bytes);
        if (copies == 0) {
            return;
        }
        if (bytes > DatagramPort.MAX_DATAGRAM_BYTES
                || !inFlight.store(2 * lane + way, buffer, at, bytes)) {
            overMemory[way] += copies;
            return;
        }
        for (int copy = 0; copy < copies; copy++) {
            inFlight.schedule(links[way].exitNs(copy));
        }
    }

    private void send(int lane, int way, ByteBuffer buffer, int at, int bytes) {
        Endpoint to = way == FORWARD ? lanes[lane].target : lanes[lane].peer.endpoint();
        if (to == null) {
            unroutable[way]++;
            return;
        }
        DatagramPort port = way == FORWARD ? lanes[lane].targetSide : lanes[lane].peerSide;
        int into = port.claim(to, bytes);
        port.sendBuffer().put(into, buffer, at, bytes);
        port.commit(bytes);
        sent[way]++;
        sentBytes[way] += bytes;
    }

    // ---- the pump's task

    @Override
    public void wakes(Wake wake) {
        long nextNs = inFlight.nextExitNs();
        wake.at(endNs, gatherNs, "end");
        if (nextNs != Long.MAX_VALUE) {
            wake.at(originNs + nextNs, gatherNs, "exit");
        }
    }

    @Override
    public void onDeadline(long nowNs) {
        if (nowNs >= endNs) {
            end();
            return;
        }
        while (inFlight.nextExitNs() <= nowNs - originNs) {
            int tag = inFlight.nextTag();
            send(tag >>> 1, tag & 1, inFlight.buffer(), inFlight.nextAt(), inFlight.nextBytes());
            inFlight.remove();
        }
    }

    @Override
    public long gatherNs() {
        return gatherNs;
    }

    @Override
    public void onFailure(Throwable cause) {
        end();
    }

    /** Ends the proxy, once. */
    void end() {
        if (!over) {
            over = true;
            onEnd.run();
        }
    }

    // ---- questions

    void configure(LinkConfig forward, LinkConfig backward) {
        links[FORWARD].configure(forward);
        links[BACKWARD].configure(backward);
    }

    ImpairmentStats stats() {
        KernelDrops drops = KernelDrops.read();
        return new ImpairmentStats(direction(FORWARD, drops), direction(BACKWARD, drops));
    }

    private ImpairmentStats.Direction direction(int way, KernelDrops drops) {
        long refused = 0;
        long kernelDropped = 0;
        for (Lane lane : lanes) {
            DatagramPort in = way == FORWARD ? lane.peerSide : lane.targetSide;
            DatagramPort out = way == FORWARD ? lane.targetSide : lane.peerSide;
            refused += out.stats().sendErrors();
            long dropped =
                    Math.max(
                            drops.atPort(in.localEndpoint().port()),
                            in.stats().receiveOverflows() > 0 ? in.stats().receiveOverflows() : -1);
            kernelDropped = dropped < 0 ? -1 : kernelDropped + dropped;
        }
        return new ImpairmentStats.Direction(
                links[way].counters(),
                sent[way] - refused,
                sentBytes[way],
                unroutable[way],
                overMemory[way],
                refused,
                kernelDropped);
    }
}
