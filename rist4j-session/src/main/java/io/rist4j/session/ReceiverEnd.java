package io.rist4j.session;

import io.rist4j.core.flow.FlowLimit;
import io.rist4j.core.flow.LimitWatch;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.PayloadMemory;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverSink;
import io.rist4j.core.flow.ReceptionStatistics;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.link.Report;
import io.rist4j.session.link.RequestBatch;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * One flow of a receiver: its requests go out on the paths that bring it, its packets to the host.
 * A flow of another id takes its place by the rules of {@link FlowTakeover}.
 */
final class ReceiverEnd implements ReceiverSink, LimitWatch.Sink {
    /** A refused flow is told of at most this often. */
    private static final long REFUSAL_EVERY_NS = 10 * SessionTime.SECOND;

    private static final int NO_ROW = -1;

    private final ReceiverFlow flow;
    private final PathTable table;
    private final PathDirectory directory;
    private final Outbox outbox;
    private final SessionSink sink;
    private final WallClock wallClock;
    private final int ownSsrc;
    private final RequestBatches batches;
    private ReceptionStatistics.@Nullable Interval[] reported = {};
    private final int index;

    private final FlowPaths paths;

    private final LimitWatch limits = new LimitWatch();
    private final FlowTakeover takeover = new FlowTakeover();
    private int flowRow = NO_ROW;
    private int servedFlow;

    /** No packet of this flow has been taken yet but the one that is being taken now. */
    private boolean isNew;

    private long refusalToldNs = -REFUSAL_EVERY_NS;
    private long nowNs;

    /**
     * @param batches shared by all flows of the session
     * @param memory shared likewise
     * @param index of the flow among them
     * @param paths which of the session's paths bring it
     */
    ReceiverEnd(
            SessionConfig config,
            SessionIdentity identity,
            PathTable table,
            PathDirectory directory,
            Outbox outbox,
            SessionSink sink,
            WallClock wallClock,
            RequestBatches batches,
            PayloadMemory memory,
            int index,
            FlowPaths paths) {
        this.table = table;
        this.batches = batches;
        this.index = index;
        this.paths = paths;
        this.directory = directory;
        this.outbox = outbox;
        this.sink = sink;
        this.wallClock = wallClock;
        ownSsrc = identity.ownSsrc();
        flow = new ReceiverFlow(config.receiver(), this, memory);
    }

    ReceiverFlow flow() {
        return flow;
    }

    @Override
    public void deliver(MediaBlock block) {
        block.flow = index;
        sink.deliver(block);
    }

    @Override
    public void request(long sequence, int attempt) {
        int row = paths.forRequest(nowNs, attempt);
        if (row < 0) {
            return;
        }
        RequestBatch batch = batches.of(row);
        batch.add(sequence);
        if (batch.isFull()) {
            write(row, batch);
        }
    }

    @Override
    public void endRequests() {
        for (int row = 0; row < batches.end(); row++) {
            RequestBatch waiting = batches.waiting(row);
            if (waiting != null) {
                write(row, waiting);
            }
        }
        batches.clear();
    }

    private void write(int row, RequestBatch batch) {
        Path path = directory.row(row);
        if (path != null) {
            batch.mediaSsrc = flow.flowId();
            batch.sequenceBits = flow.sequenceBits();
            batch.virtualSourcePort = paths.sourcePort();
            batch.virtualDestinationPort = paths.destinationPort();
            outbox.requests(nowNs, path, ownSsrc, batch);
        }
        batch.clear();
    }

    @Override
    public void flowStarted(int flowId, StartReason reason) {
        if (flowId != servedFlow) {
            servedFlow = flowId;
            isNew = true;
            paths.onFlowStarted();
        }
        sink.event(new SessionEvent.FlowStarted(flowId, reason));
    }

    /** As {@link FlowEnd#onMedia}. */
    Verdict onMedia(long now, Path path, MediaPacket packet) {
        nowNs = now;
        flow.setWallOffsetNs(wallClock.offsetNs());
        if (flow.isAnchored() && packet.flowId != flow.flowId() && !takesOver(now, path, packet)) {
            flow.counters().droppedForeign++;
            return Verdict.FOREIGN_FLOW;
        }
        Verdict verdict = flow.onMedia(now, path.row, packet);
        if (flow.isAnchored() && packet.flowId == flow.flowId()) {
            takeover.onOwnMedia(now);
            flowRow = path.row;
            if (isNew) {
                isNew = false;
                path.report.tell(now, flow);
            }
            // Of a peer that has not reported yet nobody knows where to send requests.
            table.setServing(path.row, path.control != null);
            paths.onBrought(path, packet);
        }
        return verdict;
    }

    /** The path that brought the latest packet of the flow, or null when it is gone. */
    @Nullable Path bringer() {
        return flowRow == NO_ROW ? null : directory.row(flowRow);
    }

    /** Whether a path brings the flow. */
    boolean brings(Path path) {
        return paths.brings(path);
    }

    /** Whether a path is told how the flow fares. */
    boolean concerns(Path path) {
        return paths.concerns(path);
    }

    void onPathRemoved(int row) {
        if (row < reported.length) {
            reported[row] = null;
        }
        paths.onPathRemoved(row);
        if (flowRow == row) {
            flowRow = NO_ROW;
        }
    }

    /**
     * Whether another flow takes the place of the one in use, which then makes way. Silence alone
     * is no reason: a sender that pauses is still there.
     */
    private boolean takesOver(long now, Path path, MediaPacket packet) {
        Path own = bringer();
        boolean isAlive = own != null && table.isAlive(now, own.row);
        FlowTakeover.Claim claim = FlowTakeover.claim(now, own, isAlive, path);
        if (takeover.onForeignMedia(now, packet.flowId, packet.sequence, claim)) {
            flow.restart(StartReason.NEW_SOURCE);
            return true;
        }
        if (now - refusalToldNs >= REFUSAL_EVERY_NS) {
            refusalToldNs = now;
            sink.event(new SessionEvent.FlowRefused(packet.flowId, path.peer()));
        }
        return false;
    }

    /** As {@link FlowEnd#onSenderReport}. */
    boolean onSenderReport(long now, Path path, int ssrc, long ntp, long rtpTimestamp) {
        nowNs = now;
        if (!flow.isAnchored() || (ssrc & ~1) != flow.flowId() || !brings(path)) {
            return false;
        }
        flow.setWallOffsetNs(wallClock.offsetNs());
        flow.onSenderReport(now, ntp, rtpTimestamp);
        return true;
    }

    /** A path's round trip was measured anew. */
    void onRoundTrip(long now, Path path) {
        int row = paths.forRequest(now, 1);
        RttEstimator rtt = table.rtt(row < 0 ? path.row : row);
        flow.setRoundTrip(rtt.smoothedNs(), rtt.variationNs(), rtt.leastNs());
    }

    /** As {@link FlowEnd#fillReport}. */
    void fillReport(long now, Path path, Report report) {
        report.fromSender = false;
        report.hasBlock = flow.reception().isStarted();
        if (report.hasBlock) {
            ReceptionStatistics reception = flow.reception();
            report.sourceSsrc = flow.flowId();
            report.peerPort = paths.sourcePort();
            report.ownPort = paths.destinationPort();
            report.fractionLost = reception.takeFractionLost(reported(path));
            report.cumulativeLost = reception.cumulativeLost();
            report.highestSequence = reception.extendedHighestSequence();
            report.jitterNs = reception.jitterNs();
            report.clockHz = flow.clockHz();
            report.lastSr = path.clock.lastSr();
            report.delaySinceLastSr = path.clock.delaySinceLastSr(now);
        }
    }

    private ReceptionStatistics.Interval reported(Path path) {
        if (path.row >= reported.length) { // one of many flows comes on few of many paths
            reported = Arrays.copyOf(reported, Math.max(path.row + 1, 2 * reported.length));
        }
        ReceptionStatistics.Interval interval = reported[path.row];
        if (interval == null) {
            interval = new ReceptionStatistics.Interval();
            reported[path.row] = interval;
        }
        return interval;
    }

    /** As {@link FlowRule#accepts}, of this flow alone. */
    boolean accepts(int ssrc) {
        return !flow.isAnchored() || (ssrc & ~1) == flow.flowId();
    }

    /** Whether whoever brings the flow is there. */
    boolean isBusy() {
        Path own = flow.isAnchored() ? bringer() : null;
        return own != null && table.isAlive(nowNs, flowRow);
    }

    void onDeadline(long now) {
        nowNs = now;
        flow.onDeadline(now);
        limits.look(now, flow.counters(), this);
    }

    @Override
    public void limitReached(FlowLimit limit, long packets) {
        sink.event(new SessionEvent.LimitReached(flow.flowId(), limit, packets));
    }
}
