package io.rist4j;

import io.rist4j.RistStatistic.Glance;
import io.rist4j.RistStatistic.Subject;
import io.rist4j.RistStatistic.Unit;
import io.rist4j.core.flow.SenderCounters;
import io.rist4j.core.flow.SenderFlow;

/** The numbers of a sender's flow. */
final class SenderStatistics {
    /**
     * What they are read from.
     *
     * @param connected whether a receiver is there
     * @param session of the whole sender
     */
    record Source(
            SenderFlow flow,
            boolean connected,
            SenderQueue queue,
            SessionStatistics.Source session,
            long nowNs) {
        SenderCounters counters() {
            return flow.counters();
        }
    }

    static final StatisticTable<Source> TABLE = new StatisticTable<>(Subject.SENDER);

    static final RistStatistic CONNECTED =
            TABLE.gauge(
                    "connected",
                    Unit.YES_OR_NO,
                    "Whether a receiver is there",
                    s -> s.connected() ? 1 : 0);
    static final RistStatistic SENT_PACKETS =
            TABLE.told(
                    Glance.LATE,
                    "sent",
                    TABLE.counter(
                            "sent_packets",
                            Unit.PACKETS,
                            "Originals, whether or not a path could take them",
                            s -> s.counters().sent()));
    static final RistStatistic SENT_BYTES =
            TABLE.counter(
                    "sent_bytes",
                    Unit.BYTES,
                    "Bytes of the originals",
                    s -> s.counters().sentBytes());
    static final RistStatistic OVERSIZED_PACKETS =
            TABLE.counter(
                    "oversized_packets",
                    Unit.PACKETS,
                    "Payloads refused for their size",
                    s -> s.counters().oversized());
    static final RistStatistic RETRANSMITTED_PACKETS =
            TABLE.told(
                    Glance.LATE,
                    "again",
                    TABLE.counter(
                            "retransmitted_packets",
                            Unit.PACKETS,
                            "Packets sent again because they were asked for",
                            s -> s.counters().retransmitted()));
    static final RistStatistic RETRANSMITTED_BYTES =
            TABLE.counter(
                    "retransmitted_bytes",
                    Unit.BYTES,
                    "Bytes of the packets sent again",
                    s -> s.counters().retransmittedBytes());
    static final RistStatistic TAIL_REPAIR_PACKETS =
            TABLE.counter(
                    "tail_repair_packets",
                    Unit.PACKETS,
                    "Repetitions of the last packet when the input paused",
                    s -> s.counters().tailRepairs());
    static final RistStatistic REQUESTS_RECEIVED =
            TABLE.counter(
                    "requests_received",
                    Unit.NONE,
                    "Requests, counted by range",
                    s -> s.counters().requests());
    static final RistStatistic REQUESTED_PACKETS =
            TABLE.counter(
                    "requested_packets",
                    Unit.PACKETS,
                    "Packets that the requests named",
                    s -> s.counters().requested());
    static final RistStatistic SKIPPED_RECENT_PACKETS =
            TABLE.counter(
                    "skipped_recent_packets",
                    Unit.PACKETS,
                    "Packets not sent again because that had just been done",
                    s -> s.counters().bloatSkipped());
    static final RistStatistic SKIPPED_BITRATE_PACKETS =
            TABLE.told(
                    Glance.EARLY_WHEN_ANY,
                    "refused",
                    TABLE.counter(
                            "skipped_bitrate_packets",
                            Unit.PACKETS,
                            "Packets not sent again because of the ceiling of the bitrate",
                            s -> s.counters().bandwidthSkipped()));
    static final RistStatistic SKIPPED_UNKNOWN_PACKETS =
            TABLE.counter(
                    "skipped_unknown_packets",
                    Unit.PACKETS,
                    "Packets not sent again because they are not kept: never sent, or forgotten",
                    s -> s.counters().unknownSkipped());
    static final RistStatistic SKIPPED_EXPIRED_PACKETS =
            TABLE.counter(
                    "skipped_expired_packets",
                    Unit.PACKETS,
                    "Packets not sent again because they are too old to be in time",
                    s -> s.counters().expiredSkipped());
    static final RistStatistic SKIPPED_EXHAUSTED_PACKETS =
            TABLE.counter(
                    "skipped_exhausted_packets",
                    Unit.PACKETS,
                    "Packets not sent again because that was done as often as allowed",
                    s -> s.counters().exhaustedSkipped());
    static final RistStatistic SKIPPED_EXCESS_PACKETS =
            TABLE.counter(
                    "skipped_excess_packets",
                    Unit.PACKETS,
                    "Requested packets not looked at because requests came faster than any receiver"
                            + " needs",
                    s -> s.counters().excessSkipped());
    static final RistStatistic BEFORE_BEGINNING_PACKETS =
            TABLE.counter(
                    "before_beginning_packets",
                    Unit.PACKETS,
                    "Packets asked for from before the stream's beginning; nothing is missing",
                    s -> s.counters().beforeBeginning());
    static final RistStatistic EVICTED_MEMORY_PACKETS =
            TABLE.counter(
                    "evicted_memory_packets",
                    Unit.PACKETS,
                    "Packets forgotten while a receiver could still need them, for want of memory",
                    s -> s.counters().evictedForMemory());
    static final RistStatistic EVICTED_NUMBERS_PACKETS =
            TABLE.counter(
                    "evicted_numbers_packets",
                    Unit.PACKETS,
                    "Packets forgotten while a receiver could still need them, for want of sequence"
                            + " numbers",
                    s -> s.counters().evictedForNumbers());
    static final RistStatistic DROPPED_PACKETS =
            TABLE.counter(
                    "dropped_packets",
                    Unit.PACKETS,
                    "Packets dropped on the way in because the queue was full",
                    s -> s.queue().dropped());
    static final RistStatistic QUEUED_PACKETS =
            TABLE.gauge(
                    "queued_packets",
                    Unit.PACKETS,
                    "Packets waiting in the queue",
                    s -> s.queue().size());
    static final RistStatistic HISTORY_PACKETS =
            TABLE.gauge(
                    "history_packets",
                    Unit.PACKETS,
                    "Packets kept for retransmission",
                    s -> s.flow().historyPackets());
    static final RistStatistic HISTORY_BYTES =
            TABLE.gauge(
                    "history_bytes",
                    Unit.BYTES,
                    "Bytes of the packets kept for retransmission",
                    s -> s.flow().historyBytes());
    static final RistStatistic BITS_PER_SECOND =
            TABLE.gauge(
                    "bits_per_second",
                    Unit.BITS_PER_SECOND,
                    "Rate of the originals, over about a second",
                    s -> s.flow().originalRate().shownBitsPerSecond(s.nowNs()));
    static final RistStatistic RETRANSMITTED_BITS_PER_SECOND =
            TABLE.gauge(
                    "retransmitted_bits_per_second",
                    Unit.BITS_PER_SECOND,
                    "Rate of the retransmissions, over about a second",
                    s -> s.flow().retransmissionRate().shownBitsPerSecond(s.nowNs()));
    static final SessionStatistics SESSION = new SessionStatistics(TABLE, Source::session);

    private SenderStatistics() {}

    /** The numbers of one flow. On the network thread, or when the session has ended. */
    static Readings read(HandleCore core, SenderFlow flow, SenderQueue queue, long nowNs) {
        return TABLE.read(
                new Source(
                        flow, core.isConnected(), queue, SessionStatistics.Source.of(core), nowNs));
    }
}
