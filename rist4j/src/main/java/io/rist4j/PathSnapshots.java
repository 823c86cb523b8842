package io.rist4j;

import io.rist4j.RistPathStats.Figure;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathCounters;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.session.PathSnapshot;
import io.rist4j.session.Session;
import io.rist4j.session.SessionCounters;
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
                    describe(
                            path,
                            portsOf(session, path.configured()),
                            table.weight(path.row()),
                            table.priority(path.row()),
                            table.rtt(path.row()),
                            table.counters(path.row()),
                            nowNs));
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

    private static RistPathStats describe(
            PathSnapshot path,
            int ports,
            int weight,
            int priority,
            RttEstimator rtt,
            PathCounters counters,
            long nowNs) {
        boolean known = rtt.isKnown();
        Readings<Figure> readings =
                Readings.of(Figure.class)
                        .put(Figure.URI, path.configured())
                        .put(Figure.PORTS, ports)
                        .put(Figure.WEIGHT, weight)
                        .put(Figure.PRIORITY, priority)
                        .put(Figure.RTT_LAST_NS, known ? rtt.lastNs() : 0)
                        .put(Figure.RTT_SMOOTHED_NS, known ? rtt.smoothedNs() : 0)
                        .put(Figure.RTT_MIN_NS, known ? rtt.leastNs() : 0)
                        .put(Figure.SENT_PACKETS, counters.sentPackets())
                        .put(Figure.SENT_BYTES, counters.sentBytes())
                        .put(Figure.RETRANSMITTED_PACKETS, counters.retransmittedPackets())
                        .put(Figure.RETRANSMITTED_BYTES, counters.retransmittedBytes())
                        .put(Figure.RECEIVED_PACKETS, counters.receivedPackets())
                        .put(Figure.RECEIVED_BYTES, counters.receivedBytes())
                        .put(Figure.CONTROL_SENT_PACKETS, counters.sentControl())
                        .put(Figure.CONTROL_SENT_BYTES, counters.sentControlBytes())
                        .put(Figure.CONTROL_RECEIVED_PACKETS, counters.receivedControl())
                        .put(Figure.CONTROL_RECEIVED_BYTES, counters.receivedControlBytes())
                        .put(
                                Figure.SENT_BITS_PER_SECOND,
                                counters.sentRate().shownBitsPerSecond(nowNs))
                        .put(
                                Figure.RETRANSMITTED_BITS_PER_SECOND,
                                counters.retransmittedRate().shownBitsPerSecond(nowNs))
                        .put(
                                Figure.RECEIVED_BITS_PER_SECOND,
                                counters.receivedRate().shownBitsPerSecond(nowNs))
                        .build();
        return new RistPathStats(
                path.row(),
                Addresses.socketAddress(path.peer()),
                path.peerName(),
                path.alive(),
                known,
                readings);
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

    /** Datagrams that were of no use and of no flow. */
    static long refusedDatagrams(SessionCounters counters) {
        return unreadableDatagrams(counters)
                + counters.datagrams(Verdict.MISPLACED)
                + counters.datagrams(Verdict.STRANGER);
    }

    /** Those of them that are none of this profile. */
    static long unreadableDatagrams(SessionCounters counters) {
        return counters.datagrams(Verdict.TRUNCATED)
                + counters.datagrams(Verdict.BAD_LENGTH)
                + counters.datagrams(Verdict.BAD_VERSION)
                + counters.datagrams(Verdict.UNKNOWN);
    }
}
