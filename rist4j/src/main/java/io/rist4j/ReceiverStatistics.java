package io.rist4j;

import io.rist4j.RistStatistic.Glance;
import io.rist4j.RistStatistic.Subject;
import io.rist4j.RistStatistic.Unit;
import io.rist4j.core.flow.ReceiverCounters;
import io.rist4j.core.flow.ReceiverFlow;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The numbers of a receiver's flow. */
final class ReceiverStatistics {
    /**
     * What they are read from.
     *
     * @param connected whether a sender is there
     * @param queue null where a handler takes the packets
     * @param session of the whole receiver
     * @param bitsPerSecond what the flow's paths bring
     */
    record Source(
            ReceiverFlow flow,
            boolean connected,
            @Nullable ReceiverQueue queue,
            SessionStatistics.Source session,
            long bitsPerSecond) {
        ReceiverCounters counters() {
            return flow.counters();
        }

        long dropped() {
            return queue == null ? 0 : queue.dropped();
        }

        long queued() {
            return queue == null ? 0 : queue.size();
        }
    }

    static final StatisticTable<Source> TABLE = new StatisticTable<>(Subject.RECEIVER);

    static final RistStatistic CONNECTED =
            TABLE.gauge(
                    "connected",
                    Unit.YES_OR_NO,
                    "Whether a sender is there",
                    s -> s.connected() ? 1 : 0);
    static final RistStatistic RECEIVED_PACKETS =
            TABLE.counter(
                    "received_packets",
                    Unit.PACKETS,
                    "Packets accepted into the buffer, first copies only",
                    s -> s.counters().received);
    static final RistStatistic RECEIVED_BYTES =
            TABLE.counter(
                    "received_bytes",
                    Unit.BYTES,
                    "Bytes of the packets received",
                    s -> s.counters().receivedBytes);
    static final RistStatistic RETRANSMITTED_PACKETS =
            TABLE.counter(
                    "retransmitted_packets",
                    Unit.PACKETS,
                    "Of the packets received, the ones that came as retransmissions",
                    s -> s.counters().receivedRetransmissions);
    static final RistStatistic DELIVERED_PACKETS =
            TABLE.counter(
                    "delivered_packets",
                    Unit.PACKETS,
                    "Packets put out",
                    s -> s.counters().delivered);
    static final RistStatistic DELIVERED_BYTES =
            TABLE.counter(
                    "delivered_bytes",
                    Unit.BYTES,
                    "Bytes of the packets put out",
                    s -> s.counters().deliveredBytes);
    static final RistStatistic LOST_PACKETS =
            TABLE.told(
                    Glance.EARLY,
                    "lost",
                    TABLE.counter(
                            "lost_packets",
                            Unit.PACKETS,
                            "Packets that the output went on without",
                            s -> s.counters().lost));
    static final RistStatistic DISCONTINUITIES =
            TABLE.counter(
                    "discontinuities",
                    Unit.NONE,
                    "Runs of lost packets",
                    s -> s.counters().discontinuities);
    static final RistStatistic MISSING_PACKETS =
            TABLE.counter(
                    "missing_packets",
                    Unit.PACKETS,
                    "Packets that were asked for at least once",
                    s -> s.counters().missing);
    static final RistStatistic RECOVERED_PACKETS =
            TABLE.told(
                    Glance.EARLY,
                    "recovered",
                    TABLE.counter(
                            "recovered_packets",
                            Unit.PACKETS,
                            "Of the missing packets, the ones that came in time",
                            s -> s.counters().recovered));
    static final RistStatistic RECOVERED_ONE_ROUND_PACKETS =
            TABLE.counter(
                    "recovered_one_round_packets",
                    Unit.PACKETS,
                    "Packets recovered by the first round of requests",
                    s -> s.counters().recoveredOneRound);
    static final RistStatistic RECOVERED_TWO_ROUNDS_PACKETS =
            TABLE.counter(
                    "recovered_two_rounds_packets",
                    Unit.PACKETS,
                    "Packets recovered by the second round of requests",
                    s -> s.counters().recoveredTwoRounds);
    static final RistStatistic RECOVERED_THREE_ROUNDS_PACKETS =
            TABLE.counter(
                    "recovered_three_rounds_packets",
                    Unit.PACKETS,
                    "Packets recovered by the third round of requests",
                    s -> s.counters().recoveredThreeRounds);
    static final RistStatistic RECOVERED_FOUR_ROUNDS_PACKETS =
            TABLE.counter(
                    "recovered_four_rounds_packets",
                    Unit.PACKETS,
                    "Packets recovered by the fourth round of requests",
                    s -> s.counters().recoveredFourRounds);
    static final RistStatistic RECOVERED_MORE_ROUNDS_PACKETS =
            TABLE.counter(
                    "recovered_more_rounds_packets",
                    Unit.PACKETS,
                    "Packets recovered by a later round of requests",
                    s -> s.counters().recoveredMoreRounds);
    static final RistStatistic START_REPAIRED_PACKETS =
            TABLE.counter(
                    "start_repaired_packets",
                    Unit.PACKETS,
                    "Packets from before the first one that came in time",
                    s -> s.counters().startRepaired);
    static final RistStatistic DUPLICATE_PACKETS =
            TABLE.counter(
                    "duplicate_packets",
                    Unit.PACKETS,
                    "Further copies of packets already here",
                    s -> s.counters().duplicates);
    static final RistStatistic REORDERED_PACKETS =
            TABLE.counter(
                    "reordered_packets",
                    Unit.PACKETS,
                    "Originals that came after one of their successors",
                    s -> s.counters().reordered);
    static final RistStatistic LATE_PACKETS =
            TABLE.counter(
                    "late_packets",
                    Unit.PACKETS,
                    "Packets that came after their turn",
                    s -> s.counters().droppedLate);
    static final RistStatistic OVERFULL_PACKETS =
            TABLE.counter(
                    "overfull_packets",
                    Unit.PACKETS,
                    "Packets that found no room in the recovery buffer",
                    s -> s.counters().droppedFull);
    static final RistStatistic EARLY_PACKETS =
            TABLE.told(
                    Glance.EARLY_WHEN_ANY,
                    "early",
                    TABLE.besideLibrist(
                            "delivered_early",
                            TABLE.counter(
                                    "early_packets",
                                    Unit.PACKETS,
                                    "Packets put out before they were due because the recovery buffer was"
                                            + " full",
                                    s -> s.counters().deliveredEarly)));
    static final RistStatistic EARLY_MEMORY_PACKETS =
            TABLE.counter(
                    "early_memory_packets",
                    Unit.PACKETS,
                    "Of the packets put out early, those for want of memory",
                    s -> s.counters().earlyForMemory);
    static final RistStatistic EARLY_NUMBERS_PACKETS =
            TABLE.counter(
                    "early_numbers_packets",
                    Unit.PACKETS,
                    "Of the packets put out early, those for want of sequence numbers",
                    s -> s.counters().earlyForNumbers);
    static final RistStatistic UNASKABLE_PACKETS =
            TABLE.besideLibrist(
                    "unaskable",
                    TABLE.counter(
                            "unaskable_packets",
                            Unit.PACKETS,
                            "Packets missing, and not asked for: their 16-bit numbers were in use"
                                    + " again",
                            s -> s.counters().unaskable));
    static final RistStatistic FOREIGN_PACKETS =
            TABLE.counter(
                    "foreign_packets",
                    Unit.PACKETS,
                    "Packets of another flow than the one in use",
                    s -> s.counters().droppedForeign);
    static final RistStatistic UNEXPECTED_PACKETS =
            TABLE.counter(
                    "unexpected_packets",
                    Unit.PACKETS,
                    "Packets that contradict what is known, or came before there was a flow",
                    s -> s.counters().droppedUnexpected);
    static final RistStatistic REQUESTED_PACKETS =
            TABLE.counter(
                    "requested_packets",
                    Unit.PACKETS,
                    "Packets asked for, repetitions included",
                    s -> s.counters().requests);
    static final RistStatistic REQUESTS_REPEATED_PACKETS =
            TABLE.counter(
                    "requests_repeated_packets",
                    Unit.PACKETS,
                    "Of the packets asked for, repetitions within a round trip",
                    s -> s.counters().requestsRepeated);
    static final RistStatistic REQUESTS_SUPPRESSED_PACKETS =
            TABLE.counter(
                    "requests_suppressed_packets",
                    Unit.PACKETS,
                    "Packets not asked for because of the ceiling of the return bitrate",
                    s -> s.counters().requestsSuppressed);
    static final RistStatistic FLOW_RESETS =
            TABLE.counter(
                    "flow_resets",
                    Unit.NONE,
                    "How often the flow began anew",
                    s -> s.counters().flowResets);
    static final RistStatistic CLOCK_RESYNCS =
            TABLE.counter(
                    "clock_resyncs",
                    Unit.NONE,
                    "How often the playout clock was set anew",
                    s -> s.counters().clockResyncs);
    static final RistStatistic DROPPED_PACKETS =
            TABLE.counter(
                    "dropped_packets",
                    Unit.PACKETS,
                    "Packets dropped on the way out because the queue was full",
                    Source::dropped);
    static final RistStatistic QUEUED_PACKETS =
            TABLE.gauge(
                    "queued_packets", Unit.PACKETS, "Packets waiting in the queue", Source::queued);
    static final RistStatistic MISSING_QUEUE_PACKETS =
            TABLE.gauge(
                    "missing_queue_packets",
                    Unit.PACKETS,
                    "Packets missing at the moment",
                    s -> s.counters().missingQueue);
    static final RistStatistic MISSING_QUEUE_MOST_PACKETS =
            TABLE.gauge(
                    "missing_queue_most_packets",
                    Unit.PACKETS,
                    "How many missing packets can be kept track of",
                    s -> s.counters().missingQueueMax);
    static final RistStatistic BUFFER_NS =
            TABLE.gauge(
                    "buffer",
                    Unit.NANOSECONDS,
                    "The recovery buffer at the moment",
                    s -> s.flow().bufferNs());
    static final RistStatistic SPACING_NS =
            TABLE.gauge(
                    "spacing",
                    Unit.NANOSECONDS,
                    "Time between the last two originals",
                    s -> s.counters().spacingNs);
    static final RistStatistic BITS_PER_SECOND =
            TABLE.gauge(
                    "bits_per_second",
                    Unit.BITS_PER_SECOND,
                    "Rate of the media received, over about a second, retransmissions included",
                    Source::bitsPerSecond);
    static final RistStatistic REQUEST_DATAGRAMS =
            TABLE.ofSession(
                    "request_datagrams",
                    Map.of(),
                    Unit.DATAGRAMS,
                    "Of the control datagrams sent, the ones with requests",
                    s -> s.session().session().requestDatagramsSent);
    static final RistStatistic BUFFER_TIME_NS =
            TABLE.counter(
                    "buffer_time",
                    Unit.NANOSECONDS,
                    "Sum over the packets put out of the time that they had been in the buffer",
                    s -> s.counters().bufferTimeNs);
    static final SessionStatistics SESSION = new SessionStatistics(TABLE, Source::session);

    private ReceiverStatistics() {}

    /** The numbers of one flow. On the network thread, or when the session has ended. */
    static Readings read(
            HandleCore core,
            ReceiverFlow flow,
            boolean connected,
            @Nullable ReceiverQueue queue,
            long bitsPerSecond) {
        return TABLE.read(
                new Source(
                        flow, connected, queue, SessionStatistics.Source.of(core), bitsPerSecond));
    }
}
