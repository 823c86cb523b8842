package io.rist4j.session;

import io.rist4j.core.path.PathSink;
import io.rist4j.core.path.PathTable;

/** Which peers are there: paths that come up and go down, goodbyes, and whether anybody is left. */
final class Presence {
    private final PathTable table;
    private final PathDirectory directory;
    private final FlowEnd end;
    private final SessionSink sink;
    private final FarewellPart farewells;
    private final PathSink onPathSilent = this::onPathSilent;
    private long servedNs;
    private boolean connected;

    Presence(SessionAssembly assembly) {
        table = assembly.table;
        directory = assembly.directory;
        end = assembly.end;
        sink = assembly.sink;
        farewells = new FarewellPart(directory, this::left);
    }

    /** The part that believes goodbyes. */
    FarewellPart farewells() {
        return farewells;
    }

    /** Whether a peer is there. */
    boolean isConnected() {
        return connected;
    }

    /** An accepted datagram came on a path. Returns whether the path came up by that. */
    boolean onHeard(long nowNs, Path path, boolean isFarewell, boolean isAnswer) {
        if (!farewells.onHeard(nowNs, path, isFarewell, isAnswer)
                || !table.onHeard(nowNs, path.row)) {
            return false;
        }
        sink.event(new SessionEvent.PathUp(path.row, path.peer()));
        return true;
    }

    /** The same, once everybody knows of the path. */
    void onPeer(long nowNs, Path path, boolean isControl, boolean isFarewell) {
        boolean mayTalk = !FarewellPart.hasLeft(nowNs, path);
        mayTalk &= !end.sendsMedia() || path.isProven();
        if (!isFarewell && !connected && mayTalk && (path.named || !isControl)) {
            connected = true;
            sink.event(new SessionEvent.Connected(path.peer(), path.peerName));
        }
    }

    void onDeadline(long nowNs) {
        servedNs = nowNs;
        table.onDeadline(nowNs, onPathSilent);
    }

    private void left(long nowNs, int row) {
        Path path = directory.row(row);
        if (path != null && table.isAlive(nowNs, row) && table.wasEverHeard(row)) {
            sink.event(new SessionEvent.PeerLeft(path.peer()));
            table.onFarewell(row);
            pathDown(nowNs, row);
        }
    }

    /** A path is given up: nobody is there any more. */
    void onLeaving(long nowNs, int row) {
        boolean wasUp = table.isAlive(nowNs, row) && table.wasEverHeard(row);
        table.onFarewell(row);
        if (wasUp) {
            pathDown(nowNs, row);
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
}
