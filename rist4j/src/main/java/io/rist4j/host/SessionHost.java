package io.rist4j.host;

import static io.rist4j.core.time.SessionTime.SECOND;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Role;
import io.rist4j.session.SenderFlowPlan;
import io.rist4j.session.Session;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.SessionEvent;
import io.rist4j.session.SessionIdentity;
import io.rist4j.session.SessionServices;
import io.rist4j.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Runs one session on a pump: passes datagrams, queued payloads and the time to it, and its effects
 * to ports and listener.
 *
 * <p>It ends in two steps. Draining, a sender goes on answering requests until no peer can still
 * ask, a receiver until it has played what had arrived; both for no longer than they were given.
 * Then the peers are told, and sockets and task are gone.
 */
public final class SessionHost implements PumpTask, SessionSink {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Logger LOG = System.getLogger(PathFaults.LOGGER);

    /** Deadlines in a row that make the session throw, before it is given up. */
    private static final int MOST_DEADLINE_FAULTS = 3;

    /** Where a session is between its opening and its end. */
    private enum Phase {
        NEW,
        OPEN,
        DRAINING,
        CLOSED
    }

    private final Pump pump;
    private final HostListener listener;
    private final Told told;
    private final SendRefusals refusals;
    private final HostPorts ports;
    private final Session session;
    private final HostPaths paths;
    private final Feed feed;
    private final Drain drain;
    private final boolean isSender;
    private final PathFaults faults = new PathFaults();
    private @Nullable UsersWatch users;
    private Phase phase = Phase.NEW;
    private int deadlineFaults;
    private long secondNs;

    /**
     * A host that has not opened its sockets.
     *
     * @param pump runs it
     * @param config of the session
     * @param identity of the session
     * @param outgoing where a sender's payloads come from, with their source time on the pump's
     *     clock; null for a receiver
     * @param mayDrop whether packets are dropped from {@code outgoing} while they are taken
     * @param resolver looks a configured path's peer up again, on a thread that may wait, null
     *     while it cannot be found; itself null when peers are not called anew
     * @param listener the owner
     */
    public SessionHost(
            Pump pump,
            SessionConfig config,
            SessionIdentity identity,
            @Nullable PacketQueue outgoing,
            boolean mayDrop,
            @Nullable Function<Integer, @Nullable Endpoint> resolver,
            HostListener listener) {
        this.pump = pump;
        this.listener = listener;
        told = new Told(listener);
        refusals = new SendRefusals(pump, this, listener);
        ports = new HostPorts(new SessionSockets(pump, this), this::onDatagram, refusals);
        isSender = config.role() == Role.SENDER;
        var services = new SessionServices(this::compute, RANDOM::nextBytes, listener);
        session = Session.assemble(config, identity, services, this);
        if (config.tunnel().security().encrypts()) {
            CipherWarmUp.begin();
        }
        paths = new HostPaths(pump, this, session, ports, told, listener, resolver);
        drain = new Drain(session, isSender);
        feed = new Feed(session, pump.clock(), mayDrop, this::gatherNs);
        if (outgoing != null) {
            feed.add(0, outgoing);
        }
    }

    /**
     * Has peers prove themselves again when the users who may come in have changed. Before {@link
     * #open}.
     *
     * @param version another number after each change; may wait, and is called on a thread of its
     *     own
     */
    public void watchUsers(IntSupplier version) {
        users = new UsersWatch(pump, this, version, this::onUsersChanged);
    }

    private void onUsersChanged() {
        if (phase != Phase.CLOSED) {
            told.enter();
            session.onUsersChanged(pump.clock().nowNs());
            told.leave();
        }
    }

    /**
     * Adds a path to the open session: opens its sockets, and calls its peer or listens.
     *
     * @param path what it is
     * @param options of its sockets
     * @return its index among the configured paths
     * @throws IOException when a socket cannot be opened; none stays open, and there is no path
     * @throws IllegalArgumentException when the profile cannot do what it asks
     * @throws IllegalStateException when there are as many as there may be, or the session is not
     *     open
     */
    public int addPath(PathConfig path, SocketOptions options) throws IOException {
        if (phase != Phase.OPEN) {
            throw new IllegalStateException("the session is not open");
        }
        pump.touch(this);
        return paths.add(pump.clock().nowNs(), path, options);
    }

    /**
     * Gives a path up: its peers are told, its sockets closed. The session goes on over the others.
     *
     * @param path its index among the configured paths
     * @throws IllegalArgumentException when there is none
     */
    public void removePath(int path) {
        paths.remove(pump.clock().nowNs(), path);
        pump.touch(this);
    }

    /** Derives a key or computes a proof on another thread, and hands it back on the pump's. */
    private void compute(long nowNs, Computation computation) {
        KeyWorker.start(
                computation,
                () -> {
                    try {
                        pump.execute(this, () -> onComputed(computation));
                    } catch (RejectedExecutionException over) {
                        // the pump is closed, and with it the session
                    }
                });
    }

    private void onComputed(Computation computation) {
        if (phase != Phase.CLOSED) {
            told.enter();
            computation.onComputed(pump.clock().nowNs());
            told.leave();
        }
    }

    /**
     * Opens the sockets and begins.
     *
     * @param options of each configured path's sockets
     * @throws IOException when a socket cannot be opened; none stays open
     */
    public void open(List<SocketOptions> options) throws IOException {
        if (phase != Phase.NEW) {
            throw new IOException("closed before it was open");
        }
        try {
            paths.open(pump.clock().nowNs(), options);
            phase = Phase.OPEN;
        } finally {
            if (phase != Phase.OPEN) {
                phase = Phase.CLOSED; // there is nothing to say goodbye with
            }
        }
        if (users != null) {
            users.start(pump.clock().nowNs());
        }
        drain.onOpened(pump.clock().nowNs());
        session.start(pump.clock().nowNs(), pump.clock().wallOffsetNs());
        pump.add(this);
    }

    private void onDatagram(
            int socket, long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        long nowNs = Math.max(pump.clock().nowNs(), arrivalNs);
        if (phase == Phase.CLOSED || (faults.faults() > 0 && faults.isMuted(nowNs, from))) {
            return;
        }
        told.enter();
        try {
            session.onDatagram(nowNs, arrivalNs, socket, from, buffer, at, bytes);
        } catch (Throwable thrown) {
            faults.onThrown(nowNs, from, thrown);
        }
        told.leave();
    }

    /**
     * Opens a further flow of a sender.
     *
     * @param plan what it is
     * @param queue where its payloads come from
     * @return its index
     * @throws IllegalArgumentException when the flow id is in use
     */
    public int openFlow(SenderFlowPlan plan, PacketQueue queue) {
        int flow = session.openFlow(pump.clock().nowNs(), plan);
        pump.touch(this);
        feed.add(flow, queue);
        return flow;
    }

    /**
     * Sends a payload at once, behind those that are queued.
     *
     * @param flow index of its flow
     * @param sourceNs its media time, on the pump's clock, not in the future
     */
    public Verdict send(int flow, long sourceNs, ByteBuffer buffer, int at, int bytes) {
        feed.send();
        pump.touch(this);
        return session.send(pump.clock().nowNs(), flow, sourceNs, buffer, at, bytes);
    }

    @Override
    public void wakes(Wake wake) {
        session.wakes(wake);
        if (phase == Phase.DRAINING) {
            wake.at(drain.deadlineNs(pump.clock().nowNs(), told.everConnected()), "drain");
        }
        paths.wakes(wake);
        if (users != null) {
            wake.at(users.deadlineNs(), users.slackNs(), "users");
        }
        feed.wakes(wake);
    }

    @Override
    public long gatherNs() {
        SessionConfig config = session.config();
        return isSender
                ? GatherTime.ofSender(config.sender().bufferMaxNs())
                : GatherTime.ofReceiver(session.shortestBufferNs(), config.receiver().reorderNs());
    }

    @Override
    public void onDeadline(long nowNs) {
        ports.look(nowNs);
        session.setWallOffsetNs(pump.clock().wallOffsetNs());
        feed.send();
        told.enter();
        serveSession(nowNs);
        told.leave();
        if (nowNs - secondNs >= SECOND) {
            secondNs = nowNs;
            listener.onSecond();
        }
        paths.onDeadline(nowNs);
        if (users != null && users.deadlineNs() <= nowNs) {
            users.onDeadline(nowNs);
        }
        if (phase == Phase.DRAINING && drain.isOver(nowNs, told.everConnected())) {
            finish(nowNs, null);
        }
    }

    /**
     * What its deadline makes it throw once it survives; what it throws again and again ends it.
     */
    private void serveSession(long nowNs) {
        try {
            session.onDeadline(nowNs);
            deadlineFaults = 0;
        } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError thrown) {
            if (++deadlineFaults >= MOST_DEADLINE_FAULTS) {
                throw thrown;
            }
            LOG.log(Level.ERROR, "a session threw at its deadline and goes on", thrown);
        }
    }

    /**
     * Begins the end. What a receiver had got by now is played out at the latest one recovery
     * buffer later. May be called again with less time.
     *
     * @param durationNs for how long at most; 0 ends at once
     */
    public void close(long durationNs) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (phase == Phase.NEW) {
            phase = Phase.CLOSED;
            listener.onClosed(null);
            return;
        }
        if (told.isInside()) {
            pump.execute(this, () -> close(durationNs));
            return;
        }
        feed.send();
        pump.touch(this);
        long nowNs = pump.clock().nowNs();
        drain.begin(nowNs, durationNs);
        paths.end();
        phase = Phase.DRAINING;
        if (drain.isOver(nowNs, told.everConnected())) {
            finish(nowNs, null);
        }
    }

    private void finish(long nowNs, @Nullable Throwable cause) {
        if (cause == null) {
            session.close(nowNs);
        }
        phase = Phase.CLOSED;
        paths.end();
        refusals.end();
        pump.remove(this);
        ports.close(cause == null);
        session.release();
        listener.onClosed(cause);
    }

    @Override
    public void onFailure(Throwable cause) {
        if (phase != Phase.CLOSED) {
            finish(pump.clock().nowNs(), cause);
        }
    }

    /**
     * Changes the secret of the session.
     *
     * @param secret stays the caller's
     */
    public void changeSecret(char[] secret) {
        try (Passphrase changed = Passphrase.ofText(secret)) {
            session.changeSecret(pump.clock().nowNs(), changed);
            pump.touch(this);
        }
    }

    /** Datagrams that the session could not handle, and what became of their sources. */
    public PathFaults faults() {
        return faults;
    }

    /** The session, for statistics and settings. */
    public Session session() {
        return session;
    }

    /** Its ports, in the order of the session's sockets. */
    public List<DatagramPort> ports() {
        return ports.all();
    }

    /** What its sockets did. On the network thread, or when the session has ended. */
    public SocketTotals socketTotals() {
        return ports.totals();
    }

    @Override
    public int claim(int socket, Endpoint to, int maxBytes) {
        return ports.claim(socket, to, maxBytes);
    }

    @Override
    public ByteBuffer buffer(int socket) {
        return ports.buffer(socket);
    }

    @Override
    public void commit(int socket, int bytes) {
        ports.commit(socket, bytes, pump.clock().nowNs());
    }

    @Override
    public void deliver(MediaBlock block) {
        told.deliver(block);
    }

    @Override
    public void outOfBand(int path, int protocolType, ByteBuffer from, int at, int bytes) {
        listener.onOutOfBand(path, protocolType, from, at, bytes);
    }

    @Override
    public void event(SessionEvent event) {
        told.event(event);
    }
}
