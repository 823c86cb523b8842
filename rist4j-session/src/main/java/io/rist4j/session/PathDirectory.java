package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.address.FairShare;
import io.rist4j.core.path.PathTable;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.link.PathLink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The paths of a session, each in a row of the table: those that it dials, and those of peers that
 * {@link Introductions} takes in. Finds whose datagram this is.
 */
final class PathDirectory {
    private final ConfiguredPaths configs;
    private final ProfileKit kit;
    private final Sockets sockets;
    private final PathTable table;
    private final Outbox outbox;
    private final SessionSink sink;
    private final SessionServices services;
    private final @Nullable Path[] rows;
    private final Newcomers newcomers = new Newcomers(this::newcomer);

    /** What strangers are read with where they leave nothing behind. */
    private final Path anybody;

    private @Nullable Path lastFound;
    private final KnownSources known;
    private final FairShare shares;
    private IntConsumer onRemoved = row -> {};
    private int end;

    PathDirectory(
            ConfiguredPaths configs,
            ProfileKit kit,
            Sockets sockets,
            PathTable table,
            int capacity,
            Outbox outbox,
            SessionSink sink,
            SessionServices services) {
        this.configs = configs;
        this.kit = kit;
        this.sockets = sockets;
        this.table = table;
        this.outbox = outbox;
        this.sink = sink;
        this.services = services;
        rows = new Path[capacity];
        known = new KnownSources(capacity, services.secret());
        shares = new FairShare(capacity, new Rows());
        anybody = newcomer(0, Endpoint.ipv4(0, 0));
        for (int i = 0; i < ConfiguredPaths.MOST; i++) {
            if (configs.isDialled(i)) {
                dial(i);
            }
        }
    }

    /** The path to a configured peer, with a row; there must be a free one. */
    Path dial(int configured) {
        PathConfig config = configs.of(configured);
        var voice = new PathVoice(outbox, sink);
        Path path = newPath(configured, kit.dialled(configured, voice));
        voice.speakFor(path);
        enter(path);
        path.media = config.endpoint();
        path.control = kit.controlOf(config.endpoint());
        path.onProven();
        return path;
    }

    /** Whether a row is free. */
    boolean hasRoom() {
        return table.size() < rows.length;
    }

    /** Who has the rows, but for those that are dialled. */
    private final class Rows implements FairShare.Holders {
        @Override
        public @Nullable Endpoint holder(int row) {
            Path path = rows[row];
            return path == null || isDialled(path) ? null : path.peer();
        }

        @Override
        public String user(int row) {
            Path path = rows[row];
            return path == null ? "" : path.user;
        }

        @Override
        public long order(int row) {
            Path path = rows[row];
            return path == null ? 0 : path.knownNs;
        }
    }

    /** The row that makes way for a newcomer, or -1 when nobody holds too many. */
    int giving(Endpoint newcomer, String user) {
        shares.onChanged(); // peers are authenticated, and move, after they have their row
        return shares.giving(newcomer, user);
    }

    private Path newPath(int configured, PathLink link) {
        PathConfig config = configs.of(configured);
        return new Path(
                Path.NO_ROW,
                configured,
                link,
                services.secret(),
                sockets.of(configured, SocketRole.MEDIA),
                sockets.of(configured, SocketRole.CONTROL),
                config.contact() == PathConfig.Contact.DIAL && config.endpoint().isMulticast());
    }

    private Path newcomer(int socket, Endpoint from) {
        Path path = learned(sockets.pathOf(socket), from);
        if (kit.remembersNewcomers()) {
            path.media = from;
            path.control = from;
        }
        return path;
    }

    /** Gives a path a row; there must be a free one. */
    void enter(Path path) {
        PathConfig config = configs.of(path.configured);
        path.row = table.add(config.weight(), config.priority());
        rows[path.row] = path;
        end = Math.max(end, path.row + 1);
        table.setServing(path.row, isDialled(path));
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

    boolean isDialled(Path path) {
        return configs.isDialled(path.configured);
    }

    /** Rows that there may ever be: 0 until this. */
    int capacity() {
        return rows.length;
    }

    /** Rows that are in use now: some of 0 until this. */
    int end() {
        return end;
    }

    /** The path of a known source, or null. */
    @Nullable Path find(int socket, Endpoint from) {
        Path last = lastFound;
        if (last != null && last.isFrom(socket, from)) {
            return last;
        }
        Path path = known.find(socket, from);
        if (path == null) {
            path = search(socket, from);
            if (path == null) {
                return null;
            }
            known.put(path, socket, from);
        }
        lastFound = path;
        return path;
    }

    private @Nullable Path search(int socket, Endpoint from) {
        for (int row = 0; row < end; row++) {
            Path path = rows[row];
            if (path != null && path.isFrom(socket, from)) {
                return path;
            }
        }
        return null;
    }

    /** Sets who is told of rows that are freed. */
    void setOnRemoved(IntConsumer listener) {
        onRemoved = listener;
    }

    /** A path for a peer that comes by itself, without a row. */
    Path learned(int configured, Endpoint from) {
        var voice = new PathVoice(outbox, sink);
        Path path = newPath(configured, kit.learned(configured, from, voice));
        voice.speakFor(path);
        return path;
    }

    /** Every path in use, as it stands. Allocates. */
    List<PathSnapshot> snapshots(long nowNs) {
        var paths = new ArrayList<PathSnapshot>();
        for (Path path : rows) {
            if (path != null) {
                paths.add(
                        new PathSnapshot(
                                path.row,
                                path.configured,
                                path.peer(),
                                path.peerName,
                                path.user,
                                table.isAlive(nowNs, path.row)));
            }
        }
        return paths;
    }

    /** What strangers are read with where they leave nothing behind. */
    Path anybody() {
        return anybody;
    }

    /** The path to a configured peer, or null where this end listens. */
    @Nullable Path dialled(int configured) {
        for (Path path : rows) {
            if (path != null && path.configured == configured && isDialled(path)) {
                return path;
            }
        }
        return null;
    }

    /** Where a peer is to be called from now on. */
    void redirect(Path path, Endpoint peer) {
        path.media = peer;
        path.control = kit.controlOf(peer);
    }

    /** Whether a path's peer is configured, or brings the flow's packets. */
    boolean isServing(Path path) {
        return table.isServing(path.row);
    }

    /** Takes the configured secrets into use on the paths that dial. */
    void prepare(long nowNs) {
        for (Path path : rows) {
            if (path != null) {
                path.link.prepare(nowNs);
            }
        }
    }

    /** Changes the secret of every path that has the session's, those of strangers included. */
    void changeSecret(long nowNs, Passphrase secret) {
        for (Path path : rows) {
            if (path != null && sharesSecret(path)) {
                path.link.changeSecret(nowNs, secret);
            }
        }
        newcomers.changeSecret(nowNs, secret, this::sharesSecret);
    }

    private boolean sharesSecret(Path path) {
        return configs.of(path.configured).tunnel() == null;
    }

    /** Every peer that has proved itself may have to do so again. */
    void onUsersChanged(long nowNs) {
        for (Path path : rows) {
            if (path != null) {
                path.link.onUsersChanged(nowNs);
            }
        }
        newcomers.onUsersChanged(nowNs);
    }

    /** Who stands at the door. */
    Newcomers newcomers() {
        return newcomers;
    }

    /** Frees a row. */
    void leave(int row) {
        Path path = rows[row];
        if (path != null) {
            path.link.close();
            table.remove(row);
            rows[row] = null;
            lastFound = null;
            known.forget(path);
            onRemoved.accept(row);
            while (end > 0 && rows[end - 1] == null) {
                end--;
            }
        }
    }

    /** The session ends: every link overwrites its keys. */
    void close() {
        newcomers.close();
        for (Path path : rows) {
            if (path != null) {
                path.link.close();
            }
        }
    }
}
