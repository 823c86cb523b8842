package io.rist4j;

import io.rist4j.RistStatistic.Subject;
import io.rist4j.RistStatistic.Unit;
import io.rist4j.core.path.PathCounters;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.session.PathSnapshot;

/** The numbers of a path. */
final class PathStatistics {
    /**
     * What they are read from.
     *
     * @param path which
     * @param ports how many it uses at each end
     * @param table of all paths of the session
     */
    record Source(PathSnapshot path, int ports, PathTable table, long nowNs) {
        PathCounters counters() {
            return table.counters(path.row());
        }

        RttEstimator rtt() {
            return table.rtt(path.row());
        }

        /** A round trip, 0 before one was measured. */
        long known(long ns) {
            return rtt().isKnown() ? ns : 0;
        }
    }

    static final StatisticTable<Source> TABLE = new StatisticTable<>(Subject.PATH);

    static final RistStatistic ALIVE =
            TABLE.gauge(
                    "alive",
                    Unit.YES_OR_NO,
                    "Whether it was heard within the session timeout, or never yet",
                    s -> s.path().alive() ? 1 : 0);
    static final RistStatistic URI =
            TABLE.gauge(
                    "uri",
                    Unit.NONE,
                    "Index of the URL that it belongs to",
                    s -> s.path().configured());
    static final RistStatistic PORTS =
            TABLE.gauge("ports", Unit.NONE, "How many ports it uses at each end", Source::ports);
    static final RistStatistic WEIGHT =
            TABLE.gauge(
                    "weight",
                    Unit.NONE,
                    "Share of the originals; 0 carries all",
                    s -> s.table().weight(s.path().row()));
    static final RistStatistic PRIORITY =
            TABLE.gauge(
                    "priority",
                    Unit.NONE,
                    "Its priority for a receiver's requests",
                    s -> s.table().priority(s.path().row()));
    static final RistStatistic RTT_LAST_NS =
            TABLE.gauge(
                    "rtt_last",
                    Unit.NANOSECONDS,
                    "The latest round trip; 0 before one was measured",
                    s -> s.known(s.rtt().lastNs()));
    static final RistStatistic RTT_SMOOTHED_NS =
            TABLE.gauge(
                    "rtt_smoothed",
                    Unit.NANOSECONDS,
                    "The smoothed round trip; 0 before one was measured",
                    s -> s.known(s.rtt().smoothedNs()));
    static final RistStatistic RTT_MIN_NS =
            TABLE.gauge(
                    "rtt_min",
                    Unit.NANOSECONDS,
                    "The shortest round trip; 0 before one was measured",
                    s -> s.known(s.rtt().leastNs()));
    static final RistStatistic SENT_PACKETS =
            TABLE.counter(
                    "sent_packets",
                    Unit.PACKETS,
                    "Originals sent",
                    s -> s.counters().sentPackets());
    static final RistStatistic SENT_BYTES =
            TABLE.counter(
                    "sent_bytes",
                    Unit.BYTES,
                    "Bytes of the originals sent",
                    s -> s.counters().sentBytes());
    static final RistStatistic RETRANSMITTED_PACKETS =
            TABLE.counter(
                    "retransmitted_packets",
                    Unit.PACKETS,
                    "Retransmissions sent",
                    s -> s.counters().retransmittedPackets());
    static final RistStatistic RETRANSMITTED_BYTES =
            TABLE.counter(
                    "retransmitted_bytes",
                    Unit.BYTES,
                    "Bytes of the retransmissions sent",
                    s -> s.counters().retransmittedBytes());
    static final RistStatistic RECEIVED_PACKETS =
            TABLE.counter(
                    "received_packets",
                    Unit.PACKETS,
                    "Media packets received, duplicates included",
                    s -> s.counters().receivedPackets());
    static final RistStatistic RECEIVED_BYTES =
            TABLE.counter(
                    "received_bytes",
                    Unit.BYTES,
                    "Bytes of the media packets received",
                    s -> s.counters().receivedBytes());
    static final RistStatistic CONTROL_SENT_PACKETS =
            TABLE.counter(
                    "control_sent_packets",
                    Unit.DATAGRAMS,
                    "Control datagrams sent",
                    s -> s.counters().sentControl());
    static final RistStatistic CONTROL_SENT_BYTES =
            TABLE.counter(
                    "control_sent_bytes",
                    Unit.BYTES,
                    "Bytes of the control datagrams sent",
                    s -> s.counters().sentControlBytes());
    static final RistStatistic CONTROL_RECEIVED_PACKETS =
            TABLE.counter(
                    "control_received_packets",
                    Unit.DATAGRAMS,
                    "Control datagrams received",
                    s -> s.counters().receivedControl());
    static final RistStatistic CONTROL_RECEIVED_BYTES =
            TABLE.counter(
                    "control_received_bytes",
                    Unit.BYTES,
                    "Bytes of the control datagrams received",
                    s -> s.counters().receivedControlBytes());
    static final RistStatistic SENT_BITS_PER_SECOND =
            TABLE.gauge(
                    "sent_bits_per_second",
                    Unit.BITS_PER_SECOND,
                    "Rate of the originals sent, over about a second",
                    s -> s.counters().sentRate().shownBitsPerSecond(s.nowNs()));
    static final RistStatistic RETRANSMITTED_BITS_PER_SECOND =
            TABLE.gauge(
                    "retransmitted_bits_per_second",
                    Unit.BITS_PER_SECOND,
                    "Rate of the retransmissions sent, over about a second",
                    s -> s.counters().retransmittedRate().shownBitsPerSecond(s.nowNs()));
    static final RistStatistic RECEIVED_BITS_PER_SECOND =
            TABLE.gauge(
                    "received_bits_per_second",
                    Unit.BITS_PER_SECOND,
                    "Rate of the media received, over about a second",
                    s -> s.counters().receivedRate().shownBitsPerSecond(s.nowNs()));

    private PathStatistics() {}
}
