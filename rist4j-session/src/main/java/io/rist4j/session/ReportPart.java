package io.rist4j.session;

import io.rist4j.core.path.PathCounters;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Report;

/**
 * Periodic reports of every path, with an echo request in those in which {@link EchoPace} asks.
 *
 * <p>Spec: TR-06-1:2020 §5.2.1: at most 100 ms between compounds, and 5 % of the media rate where
 * that allows it. libRIST: every 100–105 ms, late by its loop. Ours: early by up to a tenth, so
 * that a shared wake-up never makes it late; the first three follow quickly, because a libRIST
 * receiver takes no media before it has heard one (trap T1); and so do further ones beside media
 * until the receiver is heard, within 5 % of the media.
 */
final class ReportPart implements SessionPart {
    private static final int QUICK_REPORTS = 3;

    /** Reports take one byte in so many of the media, where they are not due anyway. */
    private static final long MEDIA_SHARE = 20;

    private static final long QUICK_INTERVAL_NS = 20 * SessionTime.MILLISECOND;

    private final PathDirectory directory;
    private final PathTable table;
    private final FlowEnd end;
    private final Outbox outbox;
    private final long intervalNs;
    private final long slackNs;
    private final int[] sent;
    private final Report report = new Report();

    ReportPart(
            SessionConfig config,
            PathDirectory directory,
            PathTable table,
            FlowEnd end,
            Outbox outbox) {
        this.directory = directory;
        this.table = table;
        this.end = end;
        this.outbox = outbox;
        slackNs = config.reportIntervalNs() / 10;
        intervalNs = config.reportIntervalNs() - slackNs;
        sent = new int[directory.capacity()];
    }

    /** Sends the first report of each dialled path. */
    @Override
    public void start(long nowNs) {
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null && path.control != null) {
                path.nextReportNs = nowNs;
            }
        }
        onDeadline(nowNs);
    }

    @Override
    public void onFlowOpened(long nowNs) {
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null && path.control != null) {
                serve(nowNs, path);
            }
        }
    }

    @Override
    public void onRedialled(long nowNs, Path path) {
        onPathUp(nowNs, path);
        serve(nowNs, path);
    }

    /** A path came up: what a peer that has just started needs to know comes quickly again. */
    @Override
    public void onPathUp(long nowNs, Path path) {
        sent[path.row] = 0;
        path.echoes.restart();
        path.nextReportNs = nowNs;
    }

    @Override
    public void wakes(Wake wake) {
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null) {
                wake.at(path.nextReportNs, slackNs, "report");
            }
        }
    }

    @Override
    public void onDeadline(long nowNs) {
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null && path.nextReportNs <= nowNs) {
                serve(nowNs, path);
            }
        }
    }

    private void serve(long nowNs, Path path) {
        boolean waits = !path.isProven() && !table.isAlive(nowNs, path.row);
        if (waits) {
            // A learned peer that is down is told nothing until it is heard again.
            path.nextReportNs = SessionTime.NEVER;
            return;
        }
        send(nowNs, path, false);
        boolean quick = ++sent[path.row] < QUICK_REPORTS || isGreeting(path);
        path.nextReportNs = nowNs + (quick ? Math.min(QUICK_INTERVAL_NS, intervalNs) : intervalNs);
    }

    /**
     * Whether media goes out to a peer that was never heard: it cannot ask for anything before it
     * has heard a report, and on a bad link several in a row are lost.
     */
    private boolean isGreeting(Path path) {
        PathCounters counters = table.counters(path.row);
        return end.sendsMedia()
                && !table.wasEverHeard(path.row)
                && counters.sentControlBytes() * MEDIA_SHARE < counters.sentBytes();
    }

    /** Tells the peer that this end leaves. */
    @Override
    public void farewell(long nowNs, Path path) {
        if (path.control != null) {
            send(nowNs, path, true);
            path.nextReportNs = SessionTime.NEVER;
        }
    }

    private void send(long nowNs, Path path, boolean farewell) {
        report.ssrc = end.controlSsrc();
        report.farewell = farewell;
        report.askedSsrc = path.askedSsrc;
        report.askedTimestamp = path.askedTimestamp;
        report.askedAgoUs = (nowNs - path.askedNs) / 1_000;
        long media = table.counters(path.row).mediaPackets();
        boolean asks = !farewell && path.echoes.asks(nowNs, media);
        report.echoTimestamp = asks ? path.clock.echoTimestamp(nowNs) : 0;
        end.fillReport(nowNs, path, report);
        if (!outbox.report(nowNs, path, report) || farewell) {
            return;
        }
        if (asks) {
            path.clock.onEchoSent(report.echoTimestamp);
            path.echoes.onAsked(nowNs, media);
            report.echoTimestamp = 0;
        }
        while (end.fillNextReport(nowNs, path, report)) {
            outbox.report(nowNs, path, report);
        }
    }
}
