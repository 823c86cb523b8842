package io.rist4j;

import io.rist4j.core.flow.SenderCounters;
import io.rist4j.core.flow.SenderFlow;
import io.rist4j.session.Session;

import java.time.Clock;
import java.time.Duration;

/** Takes a sender's statistics, on the thread that its session lives on. */
final class SenderSnapshot {
    private SenderSnapshot() {}

    static RistSenderStats take(HandleCore core, int index, long startedNs, SenderQueue queue) {
        Session session = core.host().session();
        SenderFlow flow = session.senderFlow(index);
        SenderCounters counters = flow.counters();
        long nowNs = core.pump().clock().nowNs();
        return new RistSenderStats(
                Clock.systemUTC().instant(),
                Duration.ofNanos(nowNs - startedNs),
                flow.flowId(),
                core.isConnected(),
                counters.sent(),
                counters.sentBytes(),
                counters.retransmitted(),
                counters.retransmittedBytes(),
                counters.tailRepairs(),
                counters.requests(),
                counters.requested(),
                counters.bloatSkipped(),
                counters.bandwidthSkipped(),
                counters.unknownSkipped(),
                counters.expiredSkipped(),
                counters.exhaustedSkipped(),
                counters.excessSkipped(),
                counters.evicted(),
                queue.dropped(),
                queue.size(),
                flow.historyPackets(),
                flow.historyBytes(),
                flow.originalRate().slowBitsPerSecond(nowNs),
                flow.retransmissionRate().slowBitsPerSecond(nowNs),
                session.counters().controlDatagramsSent,
                session.counters().controlDatagramsReceived,
                PathSnapshots.refusedDatagrams(session.counters()),
                PathSnapshots.take(session, nowNs));
    }
}
