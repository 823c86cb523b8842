package io.rist4j;

import io.rist4j.RistReceiverStats.Figure;
import io.rist4j.core.flow.ReceiverCounters;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.session.Session;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;

/** Takes a receiver's statistics, on the thread that its session lives on. */
final class ReceiverSnapshot {
    private ReceiverSnapshot() {}

    /**
     * @param queue null where a handler takes the packets
     * @param bringsIt which rows of the paths have to do with the flow
     */
    static RistReceiverStats take(
            HandleCore core,
            ReceiverFlow flow,
            boolean connected,
            long startedNs,
            @Nullable ReceiverQueue queue,
            IntPredicate bringsIt) {
        Session session = core.host().session();
        ReceiverCounters c = flow.counters();
        long nowNs = core.pump().clock().nowNs();
        List<RistPathStats> paths =
                PathSnapshots.take(session, nowNs).stream()
                        .filter(path -> bringsIt.test(path.path()))
                        .toList();
        Readings<Figure> readings =
                Readings.of(Figure.class)
                        .put(Figure.RECEIVED_PACKETS, c.received)
                        .put(Figure.RECEIVED_BYTES, c.receivedBytes)
                        .put(Figure.RETRANSMITTED_PACKETS, c.receivedRetransmissions)
                        .put(Figure.DELIVERED_PACKETS, c.delivered)
                        .put(Figure.DELIVERED_BYTES, c.deliveredBytes)
                        .put(Figure.LOST_PACKETS, c.lost)
                        .put(Figure.DISCONTINUITIES, c.discontinuities)
                        .put(Figure.MISSING_PACKETS, c.missing)
                        .put(Figure.RECOVERED_PACKETS, c.recovered)
                        .put(Figure.RECOVERED_ONE_ROUND_PACKETS, c.recoveredOneRound)
                        .put(Figure.RECOVERED_TWO_ROUNDS_PACKETS, c.recoveredTwoRounds)
                        .put(Figure.RECOVERED_THREE_ROUNDS_PACKETS, c.recoveredThreeRounds)
                        .put(Figure.RECOVERED_FOUR_ROUNDS_PACKETS, c.recoveredFourRounds)
                        .put(Figure.RECOVERED_MORE_ROUNDS_PACKETS, c.recoveredMoreRounds)
                        .put(Figure.START_REPAIRED_PACKETS, c.startRepaired)
                        .put(Figure.DUPLICATE_PACKETS, c.duplicates)
                        .put(Figure.REORDERED_PACKETS, c.reordered)
                        .put(Figure.LATE_PACKETS, c.droppedLate)
                        .put(Figure.OVERFULL_PACKETS, c.droppedFull)
                        .put(Figure.EARLY_PACKETS, c.deliveredEarly)
                        .put(Figure.UNASKABLE_PACKETS, c.unaskable)
                        .put(Figure.FOREIGN_PACKETS, c.droppedForeign)
                        .put(Figure.REQUESTED_PACKETS, c.requests)
                        .put(Figure.REQUESTS_REPEATED_PACKETS, c.requestsRepeated)
                        .put(Figure.REQUESTS_SUPPRESSED_PACKETS, c.requestsSuppressed)
                        .put(Figure.FLOW_RESETS, c.flowResets)
                        .put(Figure.CLOCK_RESYNCS, c.clockResyncs)
                        .put(Figure.DROPPED_PACKETS, queue == null ? 0 : queue.dropped())
                        .put(Figure.QUEUED_PACKETS, queue == null ? 0 : queue.size())
                        .put(Figure.MISSING_QUEUE_PACKETS, c.missingQueue)
                        .put(Figure.MISSING_QUEUE_MOST_PACKETS, c.missingQueueMax)
                        .put(Figure.BUFFER_NS, flow.bufferNs())
                        .put(Figure.SPACING_NS, c.spacingNs)
                        .put(
                                Figure.BITS_PER_SECOND,
                                paths.stream()
                                        .mapToLong(RistPathStats::receivedBitsPerSecond)
                                        .sum())
                        .put(Figure.CONTROL_SENT_PACKETS, session.counters().controlDatagramsSent)
                        .put(Figure.REQUEST_DATAGRAMS, session.counters().requestDatagramsSent)
                        .put(
                                Figure.CONTROL_RECEIVED_PACKETS,
                                session.counters().controlDatagramsReceived)
                        .put(
                                Figure.REFUSED_DATAGRAMS,
                                PathSnapshots.refusedDatagrams(session.counters()))
                        .put(
                                Figure.UNREADABLE_DATAGRAMS,
                                PathSnapshots.unreadableDatagrams(session.counters()))
                        .put(Figure.BUFFER_TIME_NS, c.bufferTimeNs)
                        .build();
        return new RistReceiverStats(
                new StatsMoment<>(
                        Clock.systemUTC().instant(),
                        Duration.ofNanos(nowNs - startedNs),
                        flow.flowId(),
                        connected,
                        readings,
                        paths),
                c.spacing.copy());
    }
}
