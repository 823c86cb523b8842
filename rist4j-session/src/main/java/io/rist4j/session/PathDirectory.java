package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whose datagram this is: finds a source's path, and learns new peers where the session listens.
 *
 * <p>A peer is learned from a report with a name, or from media that repeats while no flow is
 * running; never from anything else, and never beyond the table's capacity. Media and control of
 * one peer are paired by address, for their ports are unrelated.
 */
final class PathDirectory {
    /**
     * A peer whose control was heard this lately has not moved to another port: the newcomer is a
     * second path.
     */
    private static final long MOVED_AFTER_NS = 500 * SessionTime.MILLISECOND;

    /** Sources of media remembered until a second datagram confirms them. */
    private static final int CANDIDATES = 16;

    private final List<PathConfig> configs;
    private final ProfileKit kit;
    private final PathTable table;
    private final @Nullable Path[] rows;
    private final long[] controlHeardNs;
    private final @Nullable Endpoint[] candidates = new Endpoint[CANDIDATES];
    private final int[] candidateSsrcs = new int[CANDIDATES];
    private final Greeting greeting = new Greeting();
    private final PathWire greetingWire;
    private Verdict refusal = Verdict.STRANGER;
    private int lastVictim;

    PathDirectory(List<PathConfig> configs, ProfileKit kit, PathTable table, int capacity) {
        this.configs = configs;
        this.kit = kit;
        this.table = table;
        rows = new Path[capacity];
        controlHeardNs = new long[capacity];
        greetingWire = kit.newWire();
        for (int i = 0; i < configs.size(); i++) {
            PathConfig config = configs.get(i);
            if (config.contact() == PathConfig.Contact.DIAL) {
                Path path = addRow(i);
                path.media = config.endpoint();
                path.control = kit.controlOf(config.endpoint());
                path.onProven();
            }
        }
    }

    private Path addRow(int configured) {
        PathConfig config = configs.get(configured);
        int row = table.add(config.weight(), config.priority());
        int socket = configured * kit.socketsPerPath();
        var path =
                new Path(
                        row,
                        configured,
                        kit.newWire(),
                        socket,
                        socket + kit.socketsPerPath() - 1,
                        config.contact() == PathConfig.Contact.DIAL
                                && config.endpoint().isMulticast());
        rows[row] = path;
        table.setServing(row, isDialled(path));
        return path;
    }

    /** The path in a row of the table, or null when the row is free. */
    @Nullable Path row(int row) {
        return rows[row];
    }

    /**
     * Learned peers are not asked for packets until they bring one of the flow: a stranger who
     * introduced himself would swallow the requests.
     */
    void askOnlyDialled() {
        for (Path path : rows) {
            if (path != null) {
                table.setServing(path.row, isDialled(path));
            }
        }
    }

    private boolean isDialled(Path path) {
        return configs.get(path.configured).contact() == PathConfig.Contact.DIAL;
    }

    /** Rows that may be in use: 0 until this. */
    int capacity() {
        return rows.length;
    }

    /** The path of a known source, or null. */
    @Nullable Path find(int socket, Endpoint from) {
        for (Path path : rows) {
            if (path != null
                    && (path.mediaSocket == socket || path.controlSocket == socket)
                    && (path.multicast || path.isPeer(from))) {
                return path;
            }
        }
        return null;
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
    }

    /**
     * Makes a peer of an unknown source when what it says and the state of the flow allow it;
     * otherwise null.
     */
    @Nullable Path learn(
            long nowNs, FlowEnd end, int socket, Endpoint from, ByteBuffer b, int at, int bytes) {
        int configured = socket / kit.socketsPerPath();
        if (configs.get(configured).contact() != PathConfig.Contact.LISTEN) {
            refusal = Verdict.STRANGER;
            return null;
        }
        refusal = greeting.read(greetingWire, socket % kit.socketsPerPath(), b, at, bytes);
        if (refusal != Verdict.OK) {
            return null;
        }
        Path path =
                greeting.isMedia()
                        ? learnMedia(nowNs, end, configured, from)
                        : learnControl(nowNs, end, configured, from);
        if (path == null) {
            refusal = Verdict.STRANGER;
        }
        return path;
    }

    private @Nullable Path learnMedia(long nowNs, FlowEnd end, int configured, Endpoint from) {
        Path same = null;
        for (Path path : rows) {
            Endpoint control = path == null ? null : path.control;
            if (path != null
                    && path.configured == configured
                    && control != null
                    && control.hasAddressOf(from)
                    && (path.peerSsrc & ~1) == greeting.ssrc()
                    && (same == null || path.media == null)) {
                same = path;
            }
        }
        if (same == null
                && (!end.isBusy() || end.accepts(greeting.ssrc()))
                && isSecondOf(from, greeting.ssrc())) {
            same = freshRow(nowNs, end, configured);
        }
        if (same != null) {
            same.media = from;
        }
        return same;
    }

    /**
     * Whether the same source sent media of the same flow before: one datagram that looks like
     * media may be noise, two that agree are not. What the first one carried comes back by start
     * repair.
     */
    private boolean isSecondOf(Endpoint from, int ssrc) {
        int slot = (ssrc >>> 1) % CANDIDATES;
        Endpoint known = candidates[slot];
        boolean second = known != null && known.equals(from) && candidateSsrcs[slot] == ssrc;
        candidates[slot] = from;
        candidateSsrcs[slot] = ssrc;
        return second;
    }

    private @Nullable Path learnControl(long nowNs, FlowEnd end, int configured, Endpoint from) {
        Path same = null;
        for (Path path : rows) {
            if (path != null && path.configured == configured && isSamePeer(nowNs, path, from)) {
                same = path;
            }
        }
        if (same == null) {
            same = freshRow(nowNs, end, configured);
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

    private boolean isSamePeer(long nowNs, Path path, Endpoint from) {
        Endpoint control = path.control;
        Endpoint media = path.media;
        if (control == null) {
            return media != null && media.hasAddressOf(from);
        }
        return control.hasAddressOf(from)
                && path.peerSsrc == greeting.ssrc()
                && nowNs - controlHeardNs[path.row] > MOVED_AFTER_NS;
    }

    /** A new row; where the table is full, one of a peer that matters less. */
    private @Nullable Path freshRow(long nowNs, FlowEnd end, int configured) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                return addRow(configured);
            }
        }
        int victim = -1;
        int leastWorth = Integer.MAX_VALUE;
        for (int i = 1; i <= rows.length; i++) {
            int row = (lastVictim + i) % rows.length;
            int worth = worth(nowNs, end, row);
            if (worth < leastWorth) {
                leastWorth = worth;
                victim = row;
            }
        }
        if (victim < 0) {
            return null;
        }
        lastVictim = victim;
        table.remove(victim);
        rows[victim] = null;
        return addRow(configured);
    }

    /**
     * How much a full table would miss a row. To a receiver, peers that never brought a packet of
     * the flow matter least: strangers who introduce themselves must not shut out the sender when
     * it comes back. A sender keeps every peer that is there.
     */
    private int worth(long nowNs, FlowEnd end, int row) {
        Path path = rows[row];
        if (path == null || isDialled(path)) {
            return Integer.MAX_VALUE;
        }
        boolean alive = table.isAlive(nowNs, row);
        if (end.sendsMedia()) {
            return alive ? Integer.MAX_VALUE : 0;
        }
        if (table.isServing(row)) {
            return alive ? Integer.MAX_VALUE : 2;
        }
        return alive ? 1 : 0;
    }
}
