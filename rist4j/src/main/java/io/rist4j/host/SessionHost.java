package io.rist4j.host;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.NEVER;
import static io.rist4j.core.time.SessionTime.SECOND;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;
import io.rist4j.session.FlowIdentity;
import io.rist4j.session.Newcomer;
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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    /**
     * So long after the opening somebody may still be answering what a sender sent: a longest round
     * trip. Whom nobody has answered by then nobody will ask for anything.
     */
    private static final long FIRST_ANSWER_NS = 500 * MILLISECOND;

    /** Where a session is between its opening and its end. */
    private enum Phase {
        NEW,
        OPEN,
        DRAINING,
        CLOSED
    }

    private final Pump pump;
    private final HostPorts ports;
    private final Session session;
    private final @Nullable Redialer redialer;
    private @Nullable UsersWatch users;
    private final HostListener listener;
    private final boolean isSender;
    private Outgoing[] outgoing = {};
    private final boolean copiesFirst;
    private final ByteBuffer taken;
    private final Map<Integer, Endpoint> added = new ConcurrentHashMap<>();
    private Phase phase = Phase.NEW;
    private long drainUntilNs = NEVER;
    private long unansweredNs;
    private final Deque<SessionEvent> events = new ArrayDeque<>();
    private final PathFaults faults = new PathFaults();
    private int deadlineFaults;
    private long secondNs;
    private boolean insideSession;
    private boolean delivered;
    private boolean everConnected;

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
        ports =
                new HostPorts(
                        new SessionSockets(pump, this), this::onDatagram, this::onSendRefused);
        this.listener = listener;
        copiesFirst = mayDrop;
        taken = ByteBuffer.allocate(mayDrop ? DatagramPort.MAX_DATAGRAM_BYTES : 0);
        isSender = config.role() == Role.SENDER;
        var services = new SessionServices(this::compute, RANDOM::nextBytes, admission(listener));
        session = Session.assemble(config, identity, services, this);
        if (config.tunnel().security().encrypts()) {
            CipherWarmUp.begin();
        }
        if (outgoing != null) {
            add(0, outgoing);
        }
        redialer =
                resolver == null
                        ? null
                        : new Redialer(pump, session, new Peers(added, resolver), this::redial);
    }

    /**
     * Has peers prove themselves again when the users who may come in have changed. Before {@link
     * #open}.
     *
     * @param version another number after each change; may wait, and is called on a thread of its
     *     own
     */
    public void watchUsers(IntSupplier version) {
        users = new UsersWatch(pump, version, this::onUsersChanged);
    }

    private void onUsersChanged() {
        if (phase != Phase.CLOSED) {
            insideSession = true;
            session.onUsersChanged(pump.clock().nowNs());
            endRound();
        }
    }

    private static SessionServices.Admission admission(HostListener listener) {
        return new SessionServices.Admission() {
            @Override
            public boolean admits(Newcomer newcomer) {
                return listener.admits(newcomer);
            }

            @Override
            public boolean admitsFlow(FlowIdentity identity) {
                return listener.admitsFlow(identity);
            }
        };
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
        int index = session.addPath(path);
        added.put(index, path.endpoint());
        long nowNs = pump.clock().nowNs();
        try {
            ports.add(index, session.sockets(), options);
            insideSession = true;
            session.startPath(nowNs, index);
        } catch (IOException | RuntimeException refused) {
            removePath(index);
            throw refused;
        }
        if (redialer != null) {
            redialer.watch(nowNs, index);
        }
        pump.touch(this);
        endRound();
        return index;
    }

    /**
     * Gives a path up: its peers are told, its sockets closed. The session goes on over the others.
     *
     * @param path its index among the configured paths
     * @throws IllegalArgumentException when there is none
     */
    public void removePath(int path) {
        long nowNs = pump.clock().nowNs();
        int[] sockets = ports.of(path, session.sockets());
        insideSession = true;
        session.removePath(nowNs, path);
        ports.close(sockets);
        added.remove(path);
        if (redialer != null) {
            redialer.watch(nowNs, path);
        }
        pump.touch(this);
        endRound();
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

    /** Opens the sockets of a path again, and calls its peer from them. */
    private void redial(long nowNs, int path, Endpoint peer) {
        if (phase != Phase.OPEN) {
            return;
        }
        try {
            ports.reopen(path, session.sockets());
        } catch (IOException unavailable) {
            return; // tried again with the next attempt
        }
        insideSession = true;
        session.redial(nowNs, path, peer);
        endRound();
        listener.onRedialled(path, peer);
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
            insideSession = true;
            computation.onComputed(pump.clock().nowNs());
            endRound();
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
            ports.open(session.sockets(), options);
            phase = Phase.OPEN;
        } finally {
            if (phase != Phase.OPEN) {
                phase = Phase.CLOSED; // there is nothing to say goodbye with
            }
        }
        if (redialer != null) {
            redialer.start(pump.clock().nowNs());
        }
        if (users != null) {
            users.start(pump.clock().nowNs());
        }
        unansweredNs = pump.clock().nowNs() + FIRST_ANSWER_NS;
        session.start(pump.clock().nowNs(), pump.clock().wallOffsetNs());
        pump.add(this);
    }

    private void onDatagram(
            int socket, long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        long nowNs = Math.max(pump.clock().nowNs(), arrivalNs);
        if (phase == Phase.CLOSED || (faults.faults() > 0 && faults.isMuted(nowNs, from))) {
            return;
        }
        insideSession = true;
        try {
            session.onDatagram(nowNs, arrivalNs, socket, from, buffer, at, bytes);
        } catch (Throwable thrown) {
            faults.onThrown(nowNs, from, thrown);
        }
        endRound();
    }

    /** Tells of it with the MTU, which is looked up where that may take a while. */
    private void onSendRefused(Endpoint to, PortRefusals.Kind kind, int bytes, long datagrams) {
        if (kind != PortRefusals.Kind.TOO_LARGE) {
            listener.onSendRefused(to, kind, bytes, 0, datagrams);
            return;
        }
        Thread.ofVirtual()
                .name("rist-mtu")
                .start(() -> {
                    int mtuBytes = NetworkMtu.towards(to);
                    try {
                        pump.execute(
                                this,
                                () -> {
                                    if (phase != Phase.CLOSED) {
                                        listener.onSendRefused(
                                                to, kind, bytes, mtuBytes, datagrams);
                                    }
                                });
                    } catch (RejectedExecutionException over) {
                        // the pump is closed, and with it the session
                    }
                });
    }

    private void add(int flow, PacketQueue queue) {
        outgoing = Arrays.copyOf(outgoing, outgoing.length + 1);
        outgoing[outgoing.length - 1] =
                new Outgoing(session, pump.clock(), flow, queue, copiesFirst, taken);
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
        add(flow, queue);
        return flow;
    }

    /**
     * Sends a payload at once, behind those that are queued.
     *
     * @param flow index of its flow
     * @param sourceNs its media time, on the pump's clock, not in the future
     */
    public Verdict send(int flow, long sourceNs, ByteBuffer buffer, int at, int bytes) {
        takeQueued();
        pump.touch(this);
        return session.send(pump.clock().nowNs(), flow, sourceNs, buffer, at, bytes);
    }

    private void takeQueued() {
        for (Outgoing queue : outgoing) {
            queue.send();
        }
    }

    @Override
    public void wakes(Wake wake) {
        session.wakes(wake);
        wake.at(drainDeadlineNs(), "drain");
        if (redialer != null) {
            wake.at(redialer.deadlineNs(), redialer.slackNs(), "redial");
        }
        if (users != null) {
            wake.at(users.deadlineNs(), users.slackNs(), "users");
        }
        for (Outgoing queue : outgoing) {
            if (!queue.isEmpty()) {
                // one at a time they go at once; where they come in batches, the next may gather
                wake.at(queue.sinceNs(), queue.lastBatch() > 1 ? gatherNs() : 0, "queue");
            }
        }
    }

    private long drainDeadlineNs() {
        if (phase != Phase.DRAINING) {
            return NEVER;
        }
        if (!isSender) {
            return drainUntilNs;
        }
        long drainedNs = Math.min(drainUntilNs, session.sending().drainedNs(pump.clock().nowNs()));
        return everConnected ? drainedNs : Math.min(drainedNs, unansweredNs);
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
        takeQueued();
        insideSession = true;
        serveSession(nowNs);
        endRound();
        if (nowNs - secondNs >= SECOND) {
            secondNs = nowNs;
            listener.onSecond();
        }
        if (redialer != null && phase == Phase.OPEN && redialer.deadlineNs() <= nowNs) {
            redialer.onDeadline(nowNs);
        }
        if (users != null && users.deadlineNs() <= nowNs) {
            users.onDeadline(nowNs);
        }
        if (phase == Phase.DRAINING && (nowNs >= drainUntilNs || isDrained(nowNs))) {
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

    private boolean isDrained(long nowNs) {
        boolean mayBeThere = everConnected ? session.isConnected() : nowNs < unansweredNs;
        return (isSender && !mayBeThere) || session.isDrained(nowNs);
    }

    /** The session has returned: what it told may lead back into it now. */
    private void endRound() {
        insideSession = false;
        if (delivered) {
            delivered = false;
            listener.onRoundEnd();
        }
        while (!events.isEmpty()) {
            listener.onEvent(events.remove());
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
        if (insideSession) {
            pump.execute(this, () -> close(durationNs));
            return;
        }
        takeQueued();
        pump.touch(this);
        long nowNs = pump.clock().nowNs();
        long untilNs = Math.min(durationNs, NEVER - nowNs) + nowNs;
        if (!isSender) {
            untilNs = Math.min(untilNs, nowNs + session.longestBufferNs());
        }
        drainUntilNs = Math.min(drainUntilNs, untilNs);
        phase = Phase.DRAINING;
        if (nowNs >= drainUntilNs || isDrained(nowNs)) {
            finish(nowNs, null);
        }
    }

    private void finish(long nowNs, @Nullable Throwable cause) {
        if (cause == null) {
            session.close(nowNs);
        }
        phase = Phase.CLOSED;
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
        delivered = true;
        listener.onBlock(block);
    }

    @Override
    public void outOfBand(int path, int protocolType, ByteBuffer from, int at, int bytes) {
        listener.onOutOfBand(path, protocolType, from, at, bytes);
    }

    @Override
    public void event(SessionEvent event) {
        everConnected |= event instanceof SessionEvent.Connected;
        events.add(event);
    }
}
