package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.link.MediaWriter;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One RIST session: a flow, its paths, their links and the parts, composed. The same class serves
 * every profile, role and number of paths.
 *
 * <p>The host opens {@link #sockets}, calls {@link #start}, and from then on passes datagrams,
 * media and the time; the session answers through its {@link SessionSink} and with {@link #wakes}.
 * Datagrams from strangers and malformed ones are counted in {@link #counters} and otherwise
 * ignored.
 *
 * <p>Not thread-safe: one thread writes it. Allocation-free for each packet once warm.
 */
public final class Session {
    /** How late a path's death may be noticed. */
    private static final long TABLE_SLACK_NS = 20 * SessionTime.MILLISECOND;

    /** From a peer's datagram until he is there: a longest round trip, and keys. */
    private static final long ANSWERING_NS = SessionTime.SECOND;

    private static final SessionPart[] NO_PARTS = {};

    private final SessionConfig config;
    private final SessionAssembly assembly;
    private final List<SocketSpec> sockets;
    private final SessionCounters counters;
    private final PathTable table;
    private final PathDirectory directory;
    private final FlowEnd end;
    private final SendingFlows sending;
    private final ReceivingFlows receiving;
    private final WallClock wallClock;
    private SessionPart[] parts;
    private final ProfileKit kit;
    private final Outbox outbox;
    private final MediaWriter mediaWriter;
    private final Inbound inbound;
    private final Presence presence;
    private final Reception reception;
    private final Transports transports;
    private final Wake due = new Wake();
    private boolean closed;

    Session(SessionAssembly parts) {
        assembly = parts;
        config = parts.config;
        sockets = parts.sockets.specs();
        counters = parts.counters;
        table = parts.table;
        directory = parts.directory;
        end = parts.end;
        sending = parts.sending;
        receiving = parts.receiving;
        wallClock = parts.wallClock;
        kit = parts.kit;
        outbox = parts.outbox;
        mediaWriter = parts.mediaWriter;
        transports = parts.transports;
        presence = new Presence(parts);
        var links = new LinkPart(directory, parts.transports, this::serveLink);
        this.parts = parts.parts(links, presence.farewells()).toArray(NO_PARTS);
        inbound = new Inbound(parts, this.parts, directory.anybody());
        reception = new Reception(parts, presence, inbound, this.parts);
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
        return assemble(config, identity, SessionServices.NONE, sink);
    }

    /**
     * Puts a session together.
     *
     * @param config what is fixed; secrets in it stay the caller's
     * @param identity what was drawn at random
     * @param services what the host lends
     * @param sink takes its effects
     * @throws IllegalArgumentException as {@link #assemble(SessionConfig, SessionIdentity,
     *     SessionSink)}
     */
    public static Session assemble(
            SessionConfig config,
            SessionIdentity identity,
            SessionServices services,
            SessionSink sink) {
        return new Session(new SessionAssembly(config, identity, services, sink));
    }

    /**
     * The sockets that the host opens, in order; their indexes name them from then on. Paths that
     * come and go change the list: those whose path is {@link SocketSpec#NO_PATH} are gone, and
     * their indexes are given out again.
     */
    public List<SocketSpec> sockets() {
        return sockets;
    }

    /** What it was assembled from; {@link #addPath} and {@link #removePath} leave it as it is. */
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
        directory.prepare(nowNs);
        for (SessionPart part : parts) {
            part.start(nowNs);
        }
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
        return reception.onDatagram(nowNs, arrivalNs, socket, from, buffer, at, bytes);
    }

    private void serveLink(long nowNs, Path path, Endpoint from) {
        reception.serve(nowNs, path, from);
    }

    /**
     * Sends one payload of the first flow.
     *
     * @param nowNs the present
     * @param sourceNs when the payload reached this host, on the session clock, at most {@code
     *     nowNs}: its media timestamp
     * @param buffer holds the payload; borrowed for the call
     * @param at where it begins
     * @param bytes its length
     * @return {@link Verdict#OK}, {@link Verdict#OVER_LIMIT} when the payload is too large, or
     *     {@link Verdict#MISPLACED} where nothing is sent
     */
    public Verdict send(long nowNs, long sourceNs, ByteBuffer buffer, int at, int bytes) {
        return send(nowNs, 0, sourceNs, buffer, at, bytes);
    }

    /**
     * Sends one payload of one flow of several.
     *
     * @param nowNs the present
     * @param flow its index, as {@link #openFlow} returned it; 0 for the first
     * @param sourceNs as above
     * @param buffer as above
     * @param at as above
     * @param bytes as above
     * @return as above
     */
    public Verdict send(long nowNs, int flow, long sourceNs, ByteBuffer buffer, int at, int bytes) {
        return sending.send(nowNs, flow, sourceNs, buffer, at, bytes);
    }

    /**
     * Opens a further flow over the same paths, up to {@link SessionConfig#MOST_FLOWS_SENT}; it
     * ends with the session.
     *
     * @param nowNs the present
     * @param plan what it is
     * @return its index
     * @throws IllegalArgumentException when the flow id is in use
     * @throws IllegalStateException when there are as many as there may be: none, of a receiver
     */
    public int openFlow(long nowNs, SenderFlowPlan plan) {
        int flow = sending.open(plan);
        for (SessionPart part : parts) {
            part.onFlowOpened(nowNs);
        }
        return flow;
    }

    /**
     * Adds when {@link #onDeadline} next has work.
     *
     * @param wake takes it
     */
    public void wakes(Wake wake) {
        if (closed && end.sendsMedia()) {
            return;
        }
        end.wakes(wake);
        wake.at(table.deadlineNs(), TABLE_SLACK_NS, "silent peer");
        for (SessionPart part : parts) {
            part.wakes(wake);
        }
    }

    /**
     * Does what is due.
     *
     * @param nowNs the present
     */
    public void onDeadline(long nowNs) {
        if (closed && end.sendsMedia()) {
            return; // its keys are gone: what it sent now would go in clear
        }
        end.onDeadline(nowNs);
        for (SessionPart part : parts) {
            due.clear();
            part.wakes(due);
            if (due.earliestNs() <= nowNs) {
                part.onDeadline(nowNs);
            }
        }
        if (table.deadlineNs() <= nowNs) {
            presence.onDeadline(nowNs);
        }
    }

    /**
     * Whether a dialled peer was there and is not any more: its host may call it anew.
     *
     * @param nowNs the present
     * @param configured index of the configured path
     */
    public boolean isLost(long nowNs, int configured) {
        Path path = directory.dialled(configured);
        return path != null
                && table.wasEverHeard(path.row)
                && !table.isAlive(nowNs, path.row)
                && !path.multicast;
    }

    /**
     * Whether datagrams come from a dialled peer's address, understood or not: he may be there in a
     * moment, when keys are derived and proofs given.
     *
     * @param nowNs the present
     * @param configured index of the configured path
     */
    public boolean isAnswered(long nowNs, int configured) {
        Path path = directory.dialled(configured);
        return path != null && nowNs - path.anythingHeardNs() < ANSWERING_NS;
    }

    /**
     * Calls a dialled peer anew: the host has opened the path's sockets again, or found the peer at
     * another address. Handshakes begin from the start; flow and history go on.
     *
     * @param nowNs the present
     * @param configured index of the configured path
     * @param peer where the peer takes media now
     */
    public void redial(long nowNs, int configured, Endpoint peer) {
        Path path = directory.dialled(configured);
        if (path == null || closed) {
            return;
        }
        directory.redirect(path, peer);
        path.onRedialled();
        for (SessionPart part : parts) {
            part.onRedialled(nowNs, path);
        }
    }

    /**
     * Adds a path. Its host opens those of {@link #sockets} that have the path's index, and then
     * calls {@link #startPath}; or {@link #removePath} when it cannot open them.
     *
     * @param path what it is
     * @return its index among the configured paths
     * @throws IllegalArgumentException when the profile cannot do what it asks; the message names
     *     field, value and range
     * @throws IllegalStateException when there are as many as there may be, or the session is
     *     closed
     */
    public int addPath(PathConfig path) {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        int index = assembly.configured.free();
        assembly.addPath(index, path);
        assembly.configured.set(index, path);
        return index;
    }

    /**
     * Takes an added path into use: calls its peer, or listens.
     *
     * @param nowNs the present
     * @param path index of the configured path, as {@link #addPath} returned it
     * @throws IllegalStateException when all rows are taken
     */
    public void startPath(long nowNs, int path) {
        if (closed || !assembly.configured.isDialled(path)) {
            return;
        }
        if (!directory.hasRoom()) {
            throw new IllegalStateException(
                    "paths "
                            + (directory.capacity() + 1)
                            + " is outside 1.."
                            + directory.capacity()
                            + " paths");
        }
        Path dialled = directory.dial(path);
        dialled.link.prepare(nowNs);
        for (SessionPart part : parts) {
            part.onRedialled(nowNs, dialled);
        }
    }

    /**
     * Gives a path up: its peers are told, and nothing more comes or goes there. Flow and history
     * go on over the others. Its host closes the path's sockets, once what was said has left.
     *
     * @param nowNs the present
     * @param path index of the configured path
     * @throws IllegalArgumentException when there is none
     */
    public void removePath(long nowNs, int path) {
        assembly.configured.of(path);
        for (int row = 0; row < directory.capacity(); row++) {
            Path left = directory.row(row);
            if (left != null && left.configured == path) {
                for (SessionPart part : parts) {
                    part.farewell(nowNs, left);
                }
                presence.onLeaving(nowNs, row);
                directory.leave(row);
            }
        }
        directory.newcomers().leave(path);
        transports.remove(path);
        assembly.sockets.remove(path);
        assembly.kit.removePath(path);
        assembly.configured.remove(path);
    }

    /**
     * Whether a configured path is one that this end dials.
     *
     * @param path any index
     */
    public boolean dials(int path) {
        return assembly.configured.isDialled(path);
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
            for (SessionPart part : parts) {
                for (int row = 0; row < directory.capacity(); row++) {
                    Path path = directory.row(row);
                    if (path != null) {
                        part.farewell(nowNs, path);
                    }
                }
            }
            directory.close();
            transports.close();
            kit.close();
            reception.close();
            parts = NO_PARTS; // whoever is gone has no duties, and wakes nobody up for them
        }
    }

    /**
     * Gives back what memory it took for media. After {@link #close}, or instead of it: nothing but
     * questions may follow.
     */
    public void release() {
        end.release();
    }

    /**
     * Sends an out-of-band datagram on one path (TR-06-2:2022 §5.3.1): not repeated, not ordered.
     *
     * @param nowNs the present
     * @param row the path's row
     * @param protocolType its EtherType, {@code 0x0800} for IP packets
     * @param buffer holds it; borrowed for the call
     * @param at where it begins
     * @param bytes its length
     * @return whether it left: not while the peer is unknown or not authenticated, nor where the
     *     profile has no such channel
     */
    public boolean sendOutOfBand(
            long nowNs, int row, int protocolType, ByteBuffer buffer, int at, int bytes) {
        Path path = row < 0 || row >= directory.capacity() ? null : directory.row(row);
        return path != null && outbox.outOfBand(nowNs, path, protocolType, buffer, at, bytes);
    }

    /** Whether the profile has a channel for {@link #sendOutOfBand}. Never changes. */
    public boolean carriesOutOfBand() {
        return kit.carriesOutOfBand();
    }

    /**
     * Switches null packet deletion, from the next packet on. Only a sender has any.
     *
     * @param on whether null packets are left out
     */
    public void setNullPacketDeletion(boolean on) {
        mediaWriter.setDeletesNulls(on);
    }

    /**
     * Changes the secret of every path that has none of its own, and of those to come. Peers must
     * know the new one before, or be told it by their authentication. Where no secret is configured
     * nothing changes.
     *
     * @param nowNs the present
     * @param secret stays the caller's
     */
    public void changeSecret(long nowNs, Passphrase secret) {
        kit.changeSecret(nowNs, secret);
        directory.changeSecret(nowNs, secret);
    }

    /**
     * The store of users has changed: peers whose user is gone are shut out, those whose verifier
     * is another have some seconds to prove themselves again, and the others notice nothing. What
     * the store finds must be the new state already.
     *
     * @param nowNs the present
     */
    public void onUsersChanged(long nowNs) {
        directory.onUsersChanged(nowNs);
    }

    /** Whether a peer is there: heard, and not silent since for longer than the session timeout. */
    public boolean isConnected() {
        return presence.isConnected();
    }

    /** What happened at the session's edge. */
    public SessionCounters counters() {
        return counters;
    }

    /** The flows that leave here; none of a receiver. */
    public SendingFlows sending() {
        return sending;
    }

    /** The flows that come here; none of a sender. */
    public ReceivingFlows receiving() {
        return receiving;
    }

    /** The shortest recovery buffer in use, or how long a sender keeps what it sent. */
    public long shortestBufferNs() {
        return end.shortestBufferNs();
    }

    /** The longest recovery buffer in use, or how long a sender keeps what it sent. */
    public long longestBufferNs() {
        return end.longestBufferNs();
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
        return directory.snapshots(nowNs);
    }
}
