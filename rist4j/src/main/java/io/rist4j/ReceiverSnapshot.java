package io.rist4j;

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
        var stats =
                new RistReceiverStats(
                        Clock.systemUTC().instant(),
                        Duration.ofNanos(nowNs - startedNs),
                        flow.flowId(),
                        connected,
                        c.received,
                        c.receivedBytes,
                        c.receivedRetransmissions,
                        c.delivered,
                        c.deliveredBytes,
                        c.lost,
                        c.discontinuities,
                        c.missing,
                        c.recovered,
                        c.recoveredOneRound,
                        c.recoveredTwoRounds,
                        c.recoveredThreeRounds,
                        c.recoveredFourRounds,
                        c.recoveredMoreRounds,
                        c.startRepaired,
                        c.duplicates,
                        c.reordered,
                        c.droppedLate,
                        c.droppedFull,
                        c.deliveredEarly,
                        c.unaskable,
                        c.droppedForeign,
                        c.requests,
                        c.requestsRepeated,
                        c.requestsSuppressed,
                        c.flowResets,
                        c.clockResyncs,
                        queue == null ? 0 : queue.dropped(),
                        queue == null ? 0 : queue.size(),
                        c.missingQueue,
                        c.missingQueueMax,
                        flow.bufferNs(),
                        c.delivered == 0 ? 0 : c.bufferTimeNs / c.delivered,
                        c.spacingNs,
                        c.spacingMinNs,
                        c.spacingMaxNs,
                        paths.stream().mapToLong(RistPathStats::receivedBitsPerSecond).sum(),
                        session.counters().controlDatagramsSent,
                        session.counters().requestDatagramsSent,
                        session.counters().controlDatagramsReceived,
                        PathSnapshots.refusedDatagrams(session.counters()),
                        paths);
        c.restartSpacing();
        return stats;
    }
}
