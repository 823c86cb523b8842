package io.rist4j;

import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathCounters;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.session.PathSnapshot;
import io.rist4j.session.Session;
import io.rist4j.session.SessionCounters;

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
                    describe(
                            path,
                            table.weight(path.row()),
                            table.priority(path.row()),
                            table.rtt(path.row()),
                            table.counters(path.row()),
                            nowNs));
        }
        return paths;
    }

    private static RistPathStats describe(
            PathSnapshot path,
            int weight,
            int priority,
            RttEstimator rtt,
            PathCounters counters,
            long nowNs) {
        boolean known = rtt.isKnown();
        return new RistPathStats(
                path.row(),
                path.configured(),
                Addresses.socketAddress(path.peer()),
                path.peerName(),
                path.alive(),
                weight,
                priority,
                known,
                known ? rtt.lastNs() : 0,
                known ? rtt.smoothedNs() : 0,
                known ? rtt.leastNs() : 0,
                counters.sentPackets(),
                counters.sentBytes(),
                counters.retransmittedPackets(),
                counters.retransmittedBytes(),
                counters.receivedPackets(),
                counters.receivedBytes(),
                counters.sentControl(),
                counters.sentControlBytes(),
                counters.receivedControl(),
                counters.receivedControlBytes(),
                counters.sentRate().slowBitsPerSecond(nowNs),
                counters.retransmittedRate().slowBitsPerSecond(nowNs),
                counters.receivedRate().slowBitsPerSecond(nowNs));
    }

    /** Each path from its earlier snapshot on; one that is new since then from its beginning. */
    static List<RistPathStats> since(List<RistPathStats> now, List<RistPathStats> earlier) {
        var paths = new ArrayList<RistPathStats>();
        for (RistPathStats path : now) {
            paths.add(
                    earlier.stream()
                            .filter(e -> e.path() == path.path())
                            .filter(e -> path.sentPackets() >= e.sentPackets())
                            .filter(e -> path.receivedPackets() >= e.receivedPackets())
                            .findFirst()
                            .map(path::since)
                            .orElse(path));
        }
        return paths;
    }

    /** Datagrams that were of no use and of no flow. */
    static long refusedDatagrams(SessionCounters counters) {
        return counters.datagrams(Verdict.TRUNCATED)
                + counters.datagrams(Verdict.BAD_LENGTH)
                + counters.datagrams(Verdict.BAD_VERSION)
                + counters.datagrams(Verdict.UNKNOWN)
                + counters.datagrams(Verdict.MISPLACED)
                + counters.datagrams(Verdict.STRANGER);
    }
}
