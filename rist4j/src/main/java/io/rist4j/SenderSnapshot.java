package io.rist4j;

import io.rist4j.RistSenderStats.Figure;
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
        SenderFlow flow = session.sending().flow(index);
        SenderCounters counters = flow.counters();
        long nowNs = core.pump().clock().nowNs();
        Readings<Figure> readings =
                Readings.of(Figure.class)
                        .put(Figure.SENT_PACKETS, counters.sent())
                        .put(Figure.SENT_BYTES, counters.sentBytes())
                        .put(Figure.RETRANSMITTED_PACKETS, counters.retransmitted())
                        .put(Figure.RETRANSMITTED_BYTES, counters.retransmittedBytes())
                        .put(Figure.TAIL_REPAIR_PACKETS, counters.tailRepairs())
                        .put(Figure.REQUESTS_RECEIVED, counters.requests())
                        .put(Figure.REQUESTED_PACKETS, counters.requested())
                        .put(Figure.SKIPPED_RECENT_PACKETS, counters.bloatSkipped())
                        .put(Figure.SKIPPED_BITRATE_PACKETS, counters.bandwidthSkipped())
                        .put(Figure.SKIPPED_UNKNOWN_PACKETS, counters.unknownSkipped())
                        .put(Figure.SKIPPED_EXPIRED_PACKETS, counters.expiredSkipped())
                        .put(Figure.SKIPPED_EXHAUSTED_PACKETS, counters.exhaustedSkipped())
                        .put(Figure.SKIPPED_EXCESS_PACKETS, counters.excessSkipped())
                        .put(Figure.EVICTED_PACKETS, counters.evicted())
                        .put(Figure.DROPPED_PACKETS, queue.dropped())
                        .put(Figure.QUEUED_PACKETS, queue.size())
                        .put(Figure.HISTORY_PACKETS, flow.historyPackets())
                        .put(Figure.HISTORY_BYTES, flow.historyBytes())
                        .put(Figure.BITS_PER_SECOND, flow.originalRate().shownBitsPerSecond(nowNs))
                        .put(
                                Figure.RETRANSMITTED_BITS_PER_SECOND,
                                flow.retransmissionRate().shownBitsPerSecond(nowNs))
                        .put(Figure.CONTROL_SENT_PACKETS, session.counters().controlDatagramsSent)
                        .put(
                                Figure.CONTROL_RECEIVED_PACKETS,
                                session.counters().controlDatagramsReceived)
                        .put(
                                Figure.REFUSED_DATAGRAMS,
                                PathSnapshots.refusedDatagrams(session.counters()))
                        .put(
                                Figure.UNREADABLE_DATAGRAMS,
                                PathSnapshots.unreadableDatagrams(session.counters()))
                        .build();
        return new RistSenderStats(
                new StatsMoment<>(
                        Clock.systemUTC().instant(),
                        Duration.ofNanos(nowNs - startedNs),
                        flow.flowId(),
                        core.isConnected(),
                        readings,
                        PathSnapshots.take(session, nowNs)));
    }
}
