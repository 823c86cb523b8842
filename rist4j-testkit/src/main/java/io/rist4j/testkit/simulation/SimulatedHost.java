package io.rist4j.testkit.simulation;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.Session;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.SessionEvent;
import io.rist4j.session.SessionIdentity;
import io.rist4j.session.SessionServices;
import io.rist4j.session.SessionSink;
import io.rist4j.session.SocketSpec;
import io.rist4j.testkit.network.ClockSkew;
import io.rist4j.testkit.network.SimulatedNetwork;
import io.rist4j.testkit.network.VirtualClock;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A host of a simulated network with one session on it: does for it what a pump and its ports do
 * for a session on a real host. Its clock may differ from the network's. Not thread-safe.
 */
public final class SimulatedHost implements SessionSink {
    private static final int FIRST_FREE_PORT = 40_000;
    private static final int MOST_DATAGRAM_BYTES = 10_000;

    private final VirtualClock clock;
    private final ClockSkew skew;
    private final SimulatedNetwork network;
    private final Output output;
    private final Session session;
    private final Wake wake = new Wake();
    private final Endpoint[] sockets;
    private final ByteBuffer outgoing = ByteBuffer.allocate(MOST_DATAGRAM_BYTES);
    private final ByteBuffer incoming = ByteBuffer.allocate(MOST_DATAGRAM_BYTES);
    private Endpoint claimedTo = Endpoint.ipv4(0, 0);
    private boolean started;

    /** Takes what a session hands over. */
    public interface Output {
        /**
         * A receiver delivered a packet.
         *
         * @param nowNs the present on the host's clock
         * @param block the packet; valid during the call
         */
        void delivered(long nowNs, MediaBlock block);

        /**
         * Something rare happened.
         *
         * @param nowNs the present on the host's clock
         * @param event what
         */
        default void event(long nowNs, SessionEvent event) {}
    }

    /**
     * A host that has opened its session's sockets.
     *
     * @param clock the network's time
     * @param skew how the host's clock differs
     * @param network where it lives
     * @param addresses what to bind where the session leaves it to the host, by configured path;
     *     their ports do not matter
     * @param config the session's
     * @param identity the session's
     * @param output takes what the session hands over
     */
    public static SimulatedHost open(
            VirtualClock clock,
            ClockSkew skew,
            SimulatedNetwork network,
            List<Endpoint> addresses,
            SessionConfig config,
            SessionIdentity identity,
            Output output) {
        return open(
                clock, skew, network, addresses, config, identity, SessionServices.NONE, output);
    }

    /**
     * The same, with services for a profile that draws keys.
     *
     * @param clock the network's time
     * @param skew how the host's clock differs
     * @param network where it lives
     * @param addresses what to bind where the session leaves it to the host, by configured path
     * @param config the session's
     * @param identity the session's
     * @param services what the host lends the session
     * @param output takes what the session hands over
     */
    public static SimulatedHost open(
            VirtualClock clock,
            ClockSkew skew,
            SimulatedNetwork network,
            List<Endpoint> addresses,
            SessionConfig config,
            SessionIdentity identity,
            SessionServices services,
            Output output) {
        return new SimulatedHost(
                clock, skew, network, addresses, config, identity, services, output);
    }

    private SimulatedHost(
            VirtualClock clock,
            ClockSkew skew,
            SimulatedNetwork network,
            List<Endpoint> addresses,
            SessionConfig config,
            SessionIdentity identity,
            SessionServices services,
            Output output) {
        this.clock = clock;
        this.skew = skew;
        this.network = network;
        this.output = output;
        session = Session.assemble(config, identity, services, this);
        List<SocketSpec> specs = session.sockets();
        sockets = new Endpoint[specs.size()];
        int free = FIRST_FREE_PORT;
        for (int i = 0; i < sockets.length; i++) {
            SocketSpec spec = specs.get(i);
            Endpoint local = spec.local();
            if (local.isWildcard()) {
                local = addresses.get(spec.path()).withPort(local.port());
            }
            if (spec.follows() >= 0) {
                local = local.withPort(sockets[spec.follows()].port() + 1);
            } else if (local.port() == 0) {
                local = local.withPort(free);
                free += 2;
            }
            sockets[i] = local;
        }
    }

    /** The session. */
    public Session session() {
        return session;
    }

    /** The present on the host's clock. */
    public long nowNs() {
        return skew.toHost(clock.nowNs());
    }

    /** Starts the session. */
    public void start() {
        started = true;
        session.start(nowNs(), clock.wallOffsetNs() + clock.nowNs() - nowNs());
    }

    /** Whether {@link #start} was called. */
    public boolean isStarted() {
        return started;
    }

    /** When the session next wants to be called, on the network's clock. */
    public long deadlineNs() {
        wake.clear();
        session.wakes(wake);
        return started ? skew.toNetwork(wake.deadlineNs()) : SessionTime.NEVER;
    }

    /** Lets the session do what is due at present. */
    public void onDeadline() {
        session.onDeadline(nowNs());
    }

    /**
     * Sends one payload that came to the host at an earlier instant.
     *
     * @param cameNs when it came, on the network's clock
     * @param buffer holds it
     * @param at where it begins
     * @param bytes its length
     * @return the source time, on the host's clock
     */
    public long send(long cameNs, ByteBuffer buffer, int at, int bytes) {
        long sourceNs = skew.toHost(cameNs);
        session.send(nowNs(), sourceNs, buffer, at, bytes);
        return sourceNs;
    }

    /**
     * Takes a datagram when it is for one of the host's sockets and the host has started.
     *
     * @param arrivalNs when it came, on the network's clock
     * @param from its source
     * @param to the socket that it was sent to
     * @param buffer holds it
     * @param at where it begins
     * @param bytes its length
     * @return what became of it, or null when none of the sockets is meant
     */
    public @Nullable Verdict onDatagram(
            long arrivalNs, Endpoint from, Endpoint to, ByteBuffer buffer, int at, int bytes) {
        if (!started) {
            return null;
        }
        for (int i = 0; i < sockets.length; i++) {
            if (sockets[i].equals(to)) {
                // a session decrypts in place, and the link may still have a copy to deliver
                incoming.put(0, buffer, at, bytes);
                return session.onDatagram(
                        nowNs(), skew.toHost(arrivalNs), i, from, incoming, 0, bytes);
            }
        }
        return null;
    }

    /** The bound sockets, by the session's index. */
    public List<Endpoint> sockets() {
        return List.of(sockets);
    }

    @Override
    public int claim(int socket, Endpoint to, int maxBytes) {
        claimedTo = to;
        return 0;
    }

    @Override
    public ByteBuffer buffer(int socket) {
        return outgoing;
    }

    @Override
    public void commit(int socket, int bytes) {
        network.send(sockets[socket], claimedTo, outgoing, 0, bytes);
    }

    @Override
    public void deliver(MediaBlock block) {
        output.delivered(nowNs(), block);
    }

    @Override
    public void event(SessionEvent event) {
        output.event(nowNs(), event);
    }
}
