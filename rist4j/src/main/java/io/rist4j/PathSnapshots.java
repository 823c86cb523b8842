package io.rist4j;

import io.rist4j.core.path.PathTable;
import io.rist4j.session.PathSnapshot;
import io.rist4j.session.Session;
import io.rist4j.session.SocketSpec;

import java.util.ArrayList;
import java.util.List;

/** What the snapshots of senders and receivers have in common. */
final class PathSnapshots {
    private PathSnapshots() {}

    static List<RistPathStats> take(Session session, long nowNs) {
        PathTable table = session.pathTable();
        var paths = new ArrayList<RistPathStats>();
        for (PathSnapshot path : session.paths(nowNs)) {
            paths.add(
                    new RistPathStats(
                            path.row(),
                            Addresses.socketAddress(path.peer()),
                            path.peerName(),
                            path.alive(),
                            table.rtt(path.row()).isKnown(),
                            PathStatistics.TABLE.read(
                                    new PathStatistics.Source(
                                            path,
                                            portsOf(session, path.configured()),
                                            table,
                                            nowNs))));
        }
        return paths;
    }

    private static int portsOf(Session session, int configured) {
        int ports = 0;
        for (SocketSpec socket : session.sockets()) {
            ports += socket.path() == configured ? 1 : 0;
        }
        return ports;
    }

    /** Each path from its earlier snapshot on; one that is new since then from its beginning. */
    static List<RistPathStats> since(List<RistPathStats> now, List<RistPathStats> earlier) {
        var paths = new ArrayList<RistPathStats>();
        for (RistPathStats path : now) {
            paths.add(
                    earlier.stream()
                            .filter(path::continues)
                            .findFirst()
                            .map(path::since)
                            .orElse(path));
        }
        return paths;
    }
}
