package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.SenderFlow;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathSink;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One RIST session: a flow, its paths, their wires and the parts, composed. The same class serves
 * every profile, role and number of paths.
 *
 * <p>The host opens {@link #sockets}, calls {@link #start}, and from then on passes datagrams,
 * media and the time; the session answers through its {@link SessionSink} and with {@link
 * #deadlineNs}. Datagrams from strangers and malformed ones are counted in {@link #counters} and
 * otherwise ignored.
 *
 * <p>Not thread-safe: one thread writes it. Allocation-free for each packet once warm.
 */
public final class Session {
    /** How late a path's death may be noticed. */
    private static final long TABLE_SLACK_NS = 20 * SessionTime.MILLISECOND;

    private final SessionConfig config;
    private final List<SocketSpec> sockets;
    private final int socketsPerPath;
    private final SessionSink sink;
    private final SessionCounters counters;
    private final PathTable table;
    private final PathDirectory directory;
    private final FlowEnd end;
    private final WallClock wallClock;
    private final ReportPart reports;
    private final Inbound inbound;
    private final PathSink onPathDown = this::onPathSilent;
    private long servedNs;
    private boolean connected;
    private boolean closed;

    Session(SessionAssembly parts) {
        config = parts.config;
        sockets = List.copyOf(parts.sockets);
        socketsPerPath = parts.kit.socketsPerPath();
        sink = parts.sink;
        counters = parts.counters;
        table = parts.table;
        directory = parts.directory;
        end = parts.end;
        wallClock = parts.wallClock;
        reports = parts.reports;
        inbound = parts.inbound;
    }

    /**
     * Puts a session together.
     *
     * @param config what is fixed
     * @param identity what was drawn at random
     * @param sink takes its effects
     * @throws IllegalArgumentException when the profile cannot do what the configuration asks; the
     *     message names field, value and range
     */
    public static Session assemble(
            SessionConfig config, SessionIdentity identity, SessionSink sink) {
        return new Session(new SessionAssembly(config, identity, sink));
    }

    /** The sockets that the host opens, in order; their indexes name them from then on. */
    public List<SocketSpec> sockets() {
        return sockets;
    }

    /** What it was assembled from. */
    public SessionConfig config() {
        return config;
    }

    /**
     * Begins: greets the peers that it dials.
     *
     * @param nowNs the present
     * @param wallOffsetNs wall clock (ns since 1970) minus session clock
     */
    public void start(long nowNs, long wallOffsetNs) {
        wallClock.setOffsetNs(wallOffsetNs);
        reports.start(nowNs);
    }

    /**
     * Tells how the wall clock stands, when it was adjusted.
     *
     * @param wallOffsetNs wall clock (ns since 1970) minus session clock
     */
    public void setWallOffsetNs(long wallOffsetNs) {
        wallClock.setOffsetNs(wallOffsetNs);
    }

    /**
     * Takes a datagram.
     *
     * @param nowNs the present
     * @param arrivalNs when it reached the host, at most {@code nowNs}
     * @param socket index into {@link #sockets}
     * @param from its source
     * @param buffer holds it, big-endian; borrowed for the call
     * @param at where it begins
     * @param bytes its length
     * @return what became of it; counted
     */
    public Verdict onDatagram(
            long nowNs,
            long arrivalNs,
            int socket,
            Endpoint from,
            ByteBuffer buffer,
            int at,
            int bytes) {
        Path path = directory.find(socket, from);
        if (path == null) {
            path = directory.learn(nowNs, end, socket, from, buffer, at, bytes);
            if (path == null) {
                counters.count(directory.refusal());
                return directory.refusal();
            }
        }
        path.onHeard(bytes);
        Verdict verdict =
                inbound.read(nowNs, arrivalNs, path, socket % socketsPerPath, buffer, at, bytes);
        counters.count(verdict);
        if (inbound.isControl()) {
            counters.controlDatagramsReceived++;
            directory.onControlHeard(nowNs, path);
            table.counters(path.row).onControlReceived(bytes);
        } else if (verdict == Verdict.OK
                || verdict == Verdict.DUPLICATE
                || verdict == Verdict.LATE) {
            table.counters(path.row).onReceived(nowNs, bytes);
        } else {
            return verdict;
        }
        onHeard(nowNs, path);
        return verdict;
    }

    private void onHeard(long nowNs, Path path) {
        if (inbound.isFarewell()) {
            sink.event(new SessionEvent.PeerLeft(path.peer()));
            table.onFarewell(path.row);
            pathDown(nowNs, path.row);
            return;
        }
        if (table.onHeard(nowNs, path.row)) {
            sink.event(new SessionEvent.PathUp(path.row, path.peer()));
            reports.onPathUp(nowNs, path);
        }
        boolean mayTalk = !end.sendsMedia() || path.isProven();
        if (!connected && mayTalk && (path.named || !inbound.isControl())) {
            connected = true;
            sink.event(new SessionEvent.Connected(path.peer(), path.peerName));
        }
    }

    /**
     * Sends one payload. Only on a sender.
     *
     * @param nowNs the present
     * @param sourceNs when the payload reached this host, on the session clock, at most {@code
     *     nowNs}: its media timestamp
     * @param buffer holds the payload; borrowed for the call
     * @param at where it begins
     * @param bytes its length
     * @return {@link Verdict#OK}, or {@link Verdict#OVER_LIMIT} when the payload is too large
     */
    public Verdict send(long nowNs, long sourceNs, ByteBuffer buffer, int at, int bytes) {
        return sender().send(nowNs, sourceNs, buffer, at, bytes);
    }

    /** When {@link #onDeadline} next has work; {@link SessionTime#NEVER} when it has none. */
    public long deadlineNs() {
        return Math.min(end.deadlineNs(), Math.min(reports.deadlineNs(), table.deadlineNs()));
    }

    /** How long after {@link #deadlineNs} the call may come without harm. */
    public long slackNs() {
        long latestNs =
                Math.min(
                        latest(end.deadlineNs(), end.slackNs()),
                        Math.min(
                                latest(reports.deadlineNs(), reports.slackNs()),
                                latest(table.deadlineNs(), TABLE_SLACK_NS)));
        return latestNs == SessionTime.NEVER ? 0 : latestNs - deadlineNs();
    }

    /**
     * How long before {@link #deadlineNs} a call already has work to do: a host that is awake
     * anyway makes it, and never wakes up for it.
     */
    public long earlyNs() {
        return end.earlyNs();
    }

    private static long latest(long deadlineNs, long slackNs) {
        return deadlineNs == SessionTime.NEVER ? deadlineNs : deadlineNs + slackNs;
    }

    /**
     * Does what is due.
     *
     * @param nowNs the present
     */
    public void onDeadline(long nowNs) {
        end.onDeadline(nowNs);
        if (reports.deadlineNs() <= nowNs && !closed) {
            reports.onDeadline(nowNs);
        }
        if (table.deadlineNs() <= nowNs) {
            servedNs = nowNs;
            table.onDeadline(nowNs, onPathDown);
        }
    }

    private void onPathSilent(int row) {
        pathDown(servedNs, row);
    }

    private void pathDown(long nowNs, int row) {
        Path path = directory.row(row);
        if (path != null) {
            end.onPathDown(path);
            sink.event(new SessionEvent.PathDown(row, path.peer()));
        }
        if (connected && table.upCount(nowNs) == 0) {
            connected = false;
            sink.event(new SessionEvent.TimedOut());
        }
    }

    /**
     * Whether nothing is left to do for what was sent or received: no peer could still ask for a
     * packet in time, nothing waits to be played.
     *
     * @param nowNs the present
     */
    public boolean isDrained(long nowNs) {
        return end.isDrained(nowNs);
    }

    /**
     * Leaves: tells the peers, and reports no more.
     *
     * @param nowNs the present
     */
    public void close(long nowNs) {
        if (!closed) {
            closed = true;
            inbound.stopAnswering();
            reports.farewell(nowNs);
        }
    }

    /** Whether a peer is there: heard, and not silent since for longer than the session timeout. */
    public boolean isConnected() {
        return connected;
    }

    /** What happened at the session's edge. */
    public SessionCounters counters() {
        return counters;
    }

    private SenderEnd sender() {
        if (end instanceof SenderEnd sender) {
            return sender;
        }
        throw new IllegalStateException("a receiver sends no media");
    }

    /** The sending flow. Only on a sender. */
    public SenderFlow senderFlow() {
        return sender().flow();
    }

    /** The receiving flow. Only on a receiver. */
    public ReceiverFlow receiverFlow() {
        if (end instanceof ReceiverEnd receiver) {
            return receiver.flow();
        }
        throw new IllegalStateException("a sender has no receiving flow");
    }

    /** The paths' liveness, round trips and counters, by row. */
    public PathTable pathTable() {
        return table;
    }

    /**
     * Changes a path's share.
     *
     * @param row its row
     * @param weight share of the originals; 0 sends every original on it
     */
    public void setWeight(int row, int weight) {
        table.setWeight(row, weight);
    }

    /** Every path in use, as it stands. For statistics: allocates. */
    public List<PathSnapshot> paths(long nowNs) {
        var paths = new ArrayList<PathSnapshot>();
        for (int row = 0; row < directory.capacity(); row++) {
            Path path = directory.row(row);
            if (path != null) {
                paths.add(
                        new PathSnapshot(
                                row,
                                path.configured,
                                path.peer(),
                                path.peerName,
                                table.isAlive(nowNs, row)));
            }
        }
        return paths;
    }
}
