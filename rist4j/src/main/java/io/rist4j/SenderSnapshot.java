package io.rist4j;

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
        long nowNs = core.pump().clock().nowNs();
        return new RistSenderStats(
                new StatsMoment(
                        Clock.systemUTC().instant(),
                        Duration.ofNanos(nowNs - startedNs),
                        flow.flowId(),
                        core.isConnected(),
                        SenderStatistics.read(core, flow, queue, nowNs),
                        PathSnapshots.take(session, nowNs)));
    }
}
