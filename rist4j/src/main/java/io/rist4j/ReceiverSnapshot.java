package io.rist4j;

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
        long nowNs = core.pump().clock().nowNs();
        List<RistPathStats> paths =
                PathSnapshots.take(session, nowNs).stream()
                        .filter(path -> bringsIt.test(path.path()))
                        .toList();
        long bitsPerSecond = paths.stream().mapToLong(RistPathStats::receivedBitsPerSecond).sum();
        return new RistReceiverStats(
                new StatsMoment(
                        Clock.systemUTC().instant(),
                        Duration.ofNanos(nowNs - startedNs),
                        flow.flowId(),
                        connected,
                        ReceiverStatistics.read(core, flow, connected, queue, bitsPerSecond),
                        paths),
                flow.counters().spacing.copy());
    }
}
