package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.link.OpenDatagram;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Who becomes a peer where the session listens.
 *
 * <p>A peer is learned from a report with a name, or from media that repeats while no flow is
 * running; never from anything else, and never beyond the table's capacity. Media and control of
 * one peer are paired by address, for their ports are unrelated.
 */
final class Introductions {
    /**
     * A peer whose control was heard this lately has not moved to another port: the newcomer is a
     * second path.
     */
    private static final long MOVED_AFTER_NS = 500 * SessionTime.MILLISECOND;

    /** Who holds how many rows is counted at most this often while nobody makes way. */
    private static final long FULL_NS = 10 * SessionTime.MILLISECOND;

    /** A refused peer is told of at most this often. */
    private static final long REFUSAL_EVERY_NS = 10 * SessionTime.SECOND;

    private final ConfiguredPaths configs;
    private final ProfileKit kit;
    private final Sockets sockets;
    private final PathTable table;
    private final PathDirectory directory;
    private final SessionServices services;
    private final SessionSink sink;
    private final int rows;
    private final long[] controlHeardNs;
    private final MediaCandidates candidates = new MediaCandidates();
    private final Greeting greeting = new Greeting();
    private Verdict refusal = Verdict.STRANGER;
    private int lastVictim;
    private long fullUntilNs;
    private long refusedToldNs = -REFUSAL_EVERY_NS;

    Introductions(SessionAssembly assembly) {
        configs = assembly.configured;
        kit = assembly.kit;
        sockets = assembly.sockets;
        table = assembly.table;
        directory = assembly.directory;
        services = assembly.services;
        sink = assembly.sink;
        rows = directory.capacity();
        controlHeardNs = new long[rows];
    }

    /**
     * Makes a peer of a stranger when what he says and the state of the flow allow it; otherwise
     * null.
     *
     * @param unknown his path so far
     * @param datagram what he says
     * @param isDoubtful whether it may be noise
     * @param b holds it as it came
     */
    @Nullable Path learn(
            long nowNs,
            FlowEnd end,
            Path unknown,
            OpenDatagram datagram,
            boolean isDoubtful,
            int socket,
            Endpoint from,
            ByteBuffer b,
            int at,
            int bytes) {
        candidates.reset();
        refusal = greeting.read(datagram);
        if (refusal != Verdict.OK) {
            return null;
        }
        if (greeting.isMedia() && end.sendsMedia()) {
            refusal = Verdict.MISPLACED; // it makes no peer, and moves none
            return null;
        }
        if (isDoubtful && !greeting.isControl() && !greeting.isMedia()) {
            refusal = Verdict.STRANGER; // any noise is a keep-alive message
            return null;
        }
        int configured = sockets.pathOf(socket);
        Path path;
        if (kit.remembersNewcomers()) {
            path = takeIn(nowNs, end, unknown, from);
        } else if (greeting.isMedia()) {
            path = learnMedia(nowNs, end, configured, from, b, at, bytes);
        } else {
            path = learnControl(nowNs, end, configured, from);
        }
        if (path == null && refusal == Verdict.OK) {
            refusal = Verdict.STRANGER;
        }
        return path;
    }

    /**
     * Whether a datagram that may be noise is a known peer's all the same: a report with a name, or
     * media of a flow that is known.
     *
     * @return {@link Verdict#OK}, {@link Verdict#STRANGER} when it does not show that, or why it
     *     makes no sense
     */
    Verdict recognize(FlowEnd end, Path path, OpenDatagram datagram, Endpoint from) {
        refusal = greeting.read(datagram);
        if (refusal == Verdict.OK && !greeting.isControl()) {
            boolean isKnown =
                    greeting.isMedia()
                            && ((path.peerSsrc & ~1) == greeting.ssrc()
                                    || (end.isBusy() && end.accepts(greeting.ssrc()))
                                    || candidates.isSecond(
                                            from, greeting.ssrc(), greeting.sequence()));
            refusal = isKnown ? Verdict.OK : Verdict.STRANGER;
        }
        return refusal;
    }

    /**
     * Gives a stranger a row, with all that his first datagrams left behind. A peer that moved to
     * another port leaves his old row once it is silent; nobody is turned out of a row that is
     * alive.
     */
    private @Nullable Path takeIn(long nowNs, FlowEnd end, Path unknown, Endpoint from) {
        // who proved himself sends no noise, but where his secret may be another one
        boolean isSomebody = !unknown.user.isEmpty() && !unknown.link.hasSecret();
        boolean fits =
                !greeting.isMedia()
                        || ((!end.isBusy() || end.accepts(greeting.ssrc()))
                                && (isSomebody
                                        || candidates.isSecond(
                                                from, greeting.ssrc(), greeting.sequence())));
        if (!fits || !isAdmitted(nowNs, from, unknown.user)) {
            return null;
        }
        for (int row = 0; row < rows; row++) {
            Path path = directory.row(row);
            if (path != null
                    && !directory.isDialled(path)
                    && path.configured == unknown.configured
                    && path.user.equals(unknown.user)
                    && greeting.isControl()
                    && isSamePeer(nowNs, end, path, from)) {
                directory.leave(path.row);
            }
        }
        if (!makeRoom(nowNs, end, from, unknown.user)) {
            return null;
        }
        directory.newcomers().release(unknown);
        unknown.link.onTakenIn();
        directory.enter(unknown);
        unknown.peerSsrc = greeting.ssrc();
        unknown.nextReportNs = nowNs;
        unknown.knownNs = nowNs;
        return unknown;
    }

    private boolean isAdmitted(long nowNs, Endpoint from, String user) {
        var newcomer = new Newcomer(from, greeting.name(), user);
        if (services.admission().admits(newcomer)) {
            return true;
        }
        refusal = Verdict.NOT_ADMITTED;
        if (nowNs - refusedToldNs >= REFUSAL_EVERY_NS) {
            refusedToldNs = nowNs;
            sink.event(new SessionEvent.NotAdmitted(newcomer));
        }
        return false;
    }

    private @Nullable Path learnMedia(
            long nowNs,
            FlowEnd end,
            int configured,
            Endpoint from,
            ByteBuffer b,
            int at,
            int bytes) {
        Path same = null;
        Path awaiting = null;
        int awaitingCount = 0;
        for (int row = 0; row < rows; row++) {
            Path path = directory.row(row);
            Endpoint control = path == null ? null : path.control;
            if (path == null
                    || path.configured != configured
                    || control == null
                    || !control.hasAddressOf(from)) {
                continue;
            }
            boolean isIts =
                    (path.peerSsrc & ~1) == greeting.ssrc() || path.namesFlow(greeting.ssrc());
            if (isIts && (same == null || path.media == null)) {
                same = path;
            }
            if (path.media == null) {
                awaiting = path;
                awaitingCount++;
            }
        }
        if (same == null && end.takesSeveralFlows() && awaitingCount == 1) {
            same = awaiting; // a flow that its reports have not named yet
        }
        if (same == null
                && (!end.isBusy() || end.accepts(greeting.ssrc()))
                && candidates.isSecond(
                        nowNs, from, greeting.ssrc(), greeting.sequence(), b, at, bytes)) {
            same = freshRow(nowNs, end, configured, from);
            if (same != null) {
                same.peerSsrc = greeting.ssrc();
            }
        }
        if (same != null && isQuiet(nowNs, same)) {
            same.media = from;
        }
        return same;
    }

    /**
     * Whether a path's media may move to another port: what comes from there is taken at once, but
     * the port that is heard stays the path's.
     */
    private static boolean isQuiet(long nowNs, Path path) {
        return path.media == null || nowNs - path.mediaHeardNs() > MOVED_AFTER_NS;
    }

    private @Nullable Path learnControl(long nowNs, FlowEnd end, int configured, Endpoint from) {
        Path same = null;
        for (int row = 0; row < rows; row++) {
            Path path = directory.row(row);
            if (path != null
                    && path.configured == configured
                    && isSamePeer(nowNs, end, path, from)) {
                same = path;
            }
        }
        if (same == null) {
            same = freshRow(nowNs, end, configured, from);
        }
        if (same != null) {
            same.control = from;
            same.peerSsrc = greeting.ssrc();
            same.nextReportNs = nowNs;
            if (end.sendsMedia()) {
                same.media = kit.mediaOf(from);
            }
        }
        return same;
    }

    /**
     * Whether a report is of the peer whose media is known, or that had another port so far. Of
     * several peers at one address each has a flow of its own.
     */
    private boolean isSamePeer(long nowNs, FlowEnd end, Path path, Endpoint from) {
        Endpoint control = path.control;
        Endpoint media = path.media;
        if (control == null) {
            boolean fits =
                    !end.takesSeveralFlows() || (path.peerSsrc & ~1) == (greeting.ssrc() & ~1);
            return fits && media != null && media.hasAddressOf(from);
        }
        return control.hasAddressOf(from)
                && path.peerSsrc == greeting.ssrc()
                && nowNs - controlHeardNs[path.row] > MOVED_AFTER_NS;
    }

    /** A new row; where the table is full, one of a peer that matters less. */
    private @Nullable Path freshRow(long nowNs, FlowEnd end, int configured, Endpoint from) {
        if (!isAdmitted(nowNs, from, "") || !makeRoom(nowNs, end, from, "")) {
            return null;
        }
        Path path = directory.learned(configured, from);
        directory.enter(path);
        path.knownNs = nowNs;
        return path;
    }

    private boolean makeRoom(long nowNs, FlowEnd end, Endpoint from, String user) {
        for (int row = 0; row < rows; row++) {
            if (directory.row(row) == null) {
                return true;
            }
        }
        int victim = -1;
        int leastWorth = Integer.MAX_VALUE;
        for (int i = 1; i <= rows; i++) {
            int row = (lastVictim + i) % rows;
            int worth = worth(nowNs, end, row);
            if (worth < leastWorth) {
                leastWorth = worth;
                victim = row;
            }
        }
        if (victim < 0 && nowNs >= fullUntilNs) {
            victim = directory.giving(from, user);
            fullUntilNs = victim < 0 ? nowNs + FULL_NS : nowNs;
        }
        if (victim < 0) {
            refusal = Verdict.NO_PLACE;
            return false;
        }
        lastVictim = victim;
        directory.leave(victim);
        return true;
    }

    /**
     * How much a full table would miss a row. To a receiver, peers that never brought a packet of
     * the flow matter least: strangers who introduce themselves must not shut out the sender when
     * it comes back. A sender keeps every peer that is there. When all matter, whoever holds the
     * most loses one.
     */
    private int worth(long nowNs, FlowEnd end, int row) {
        Path path = directory.row(row);
        if (path == null || directory.isDialled(path)) {
            return Integer.MAX_VALUE;
        }
        boolean alive = table.isAlive(nowNs, row);
        if (end.sendsMedia()) {
            int present = path.isProven() ? Integer.MAX_VALUE : 1;
            return alive ? present : 0;
        }
        if (table.isServing(row)) {
            return !alive ? 2 : path.isProven() ? Integer.MAX_VALUE : 3;
        }
        return alive ? 1 : 0;
    }

    /** What unknown sources of media sent, of which {@link #learn} made one a peer. */
    MediaCandidates candidates() {
        return candidates;
    }

    /** Why {@link #learn} returned null. */
    Verdict refusal() {
        return refusal;
    }

    /**
     * Notes that a path's control was heard, so that a move of the peer can be told from a second
     * path.
     */
    void onControlHeard(long nowNs, Path path) {
        controlHeardNs[path.row] = nowNs;
        forgetOldPlaces(nowNs, path);
    }

    /** A peer that moved to another port leaves rows where it will never be heard again. */
    private void forgetOldPlaces(long nowNs, Path present) {
        for (int row = 0; row < rows; row++) {
            Path path = directory.row(row);
            if (path != null
                    && path != present
                    && path.configured == present.configured
                    && path.peerSsrc == present.peerSsrc
                    && path.user.equals(present.user)
                    && !directory.isDialled(path)
                    && !table.isAlive(nowNs, path.row)
                    && path.peer().hasAddressOf(present.peer())) {
                directory.leave(path.row);
            }
        }
    }

    /** The path of a stranger, which has no row, or null where there is none for him. */
    @Nullable Path stranger(
            long nowNs, int socket, Endpoint from, ByteBuffer b, int at, int bytes) {
        refusal = Verdict.STRANGER;
        int configured = sockets.pathOf(socket);
        if (!configs.isUsed(configured) || configs.isDialled(configured)) {
            return null;
        }
        if (!kit.remembersNewcomers()) {
            return directory.anybody();
        }
        Verdict look = kit.looksAt(configured, b, at, bytes);
        if (look != Verdict.OK) {
            refusal = look;
            return null;
        }
        Path known =
                directory
                        .newcomers()
                        .of(nowNs, socket, from, kit.onStranger(nowNs, configured, from));
        if (known == null) {
            refusal = Verdict.OVER_LIMIT;
        }
        return known;
    }
}
