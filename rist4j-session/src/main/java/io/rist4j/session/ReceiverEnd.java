package io.rist4j.session;

import io.rist4j.core.flow.FlowLimit;
import io.rist4j.core.flow.LimitWatch;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverSink;
import io.rist4j.core.flow.ReceptionStatistics;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathSet;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Report;
import io.rist4j.session.link.RequestBatch;

import org.jspecify.annotations.Nullable;

/**
 * One flow of a receiver: its requests go out on the paths that the table chooses, its packets to
 * the host. On its own it is a session's only flow, which another may take over.
 */
final class ReceiverEnd implements FlowEnd, ReceiverSink, LimitWatch.Sink {
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
    private final boolean sizesBuffer;
    private final RequestBatches batches;
    private final ReceptionStatistics.@Nullable Interval[] reported;
    private final int index;

    /** The paths that bring this flow of several; null where it is the only one. */
    private final @Nullable PathSet bringers;

    private final LimitWatch limits = new LimitWatch();
    private final FlowTakeover takeover = new FlowTakeover();
    private int flowRow = NO_ROW;
    private long nearSequence = RequestBatch.NO_EXTENDED_SEQUENCE;
    private int virtualSourcePort;
    private int virtualDestinationPort;
    private int servedFlow;

    /** No packet of this flow has been taken yet but the one that is being taken now. */
    private boolean isNew;

    private long refusalToldNs = -REFUSAL_EVERY_NS;
    private long nowNs;

    /**
     * @param batches shared by all flows of the session
     * @param index of the flow among them
     * @param bringers stays empty until paths bring the flow; null where it is the only one
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
            int index,
            @Nullable PathSet bringers) {
        this.table = table;
        this.batches = batches;
        this.index = index;
        this.bringers = bringers;
        reported = new ReceptionStatistics.Interval[table.capacity()];
        this.directory = directory;
        this.outbox = outbox;
        this.sink = sink;
        this.wallClock = wallClock;
        ownSsrc = identity.ownSsrc();
        sizesBuffer = config.receiver().bufferMinNs() != config.receiver().bufferMaxNs();
        flow = new ReceiverFlow(config.receiver(), this);
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
        int row = requestRow(nowNs, attempt);
        if (row < 0) {
            return;
        }
        RequestBatch batch = batches.of(row);
        batch.add(sequence);
        if (batch.isFull()) {
            write(row, batch);
        }
    }

    private int requestRow(long now, int attempt) {
        return bringers == null
                ? table.chooseForRequest(now, attempt)
                : table.chooseForRequest(now, attempt, bringers);
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
            batch.nearSequence = nearSequence;
            batch.virtualSourcePort = virtualSourcePort;
            batch.virtualDestinationPort = virtualDestinationPort;
            outbox.requests(nowNs, path, ownSsrc, batch);
        }
        batch.clear();
    }

    @Override
    public void flowStarted(int flowId, StartReason reason) {
        if (flowId != servedFlow) {
            servedFlow = flowId;
            isNew = true;
            if (bringers == null) {
                directory.askOnlyDialled();
            }
        }
        sink.event(new SessionEvent.FlowStarted(flowId, reason));
    }

    @Override
    public Verdict onMedia(long now, Path path, MediaPacket packet) {
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
            nearSequence =
                    packet.extendedSequence ? packet.sequence : RequestBatch.NO_EXTENDED_SEQUENCE;
            // Of a peer that has not reported yet nobody knows where to send requests.
            table.setServing(path.row, path.control != null);
            if (bringers != null) {
                bringers.set(path.row, true);
                virtualSourcePort = packet.virtualSourcePort;
                virtualDestinationPort = packet.virtualDestinationPort;
            }
        }
        return verdict;
    }

    /** The path that brought the latest packet of the flow, or null when it is gone. */
    @Nullable Path bringer() {
        return flowRow == NO_ROW ? null : directory.row(flowRow);
    }

    /** Whether a path brings this flow of several. */
    boolean isBroughtBy(Path path) {
        return bringers != null && bringers.contains(path.row);
    }

    @Override
    public void onPathRemoved(int row) {
        reported[row] = null;
        if (bringers != null) {
            bringers.set(row, false);
        }
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
        FlowTakeover.Claim claim = FlowTakeover.claim(own, isAlive, path);
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

    @Override
    public void onMissing(
            long now, Path path, int mediaSsrc, int high, long first, int additional) {
        // Nobody asks a receiver; in a multicast group other receivers' requests pass by.
    }

    @Override
    public boolean onSenderReport(long now, Path path, int ssrc, long ntp, long rtpTimestamp) {
        nowNs = now;
        boolean serves = bringers == null ? directory.isServing(path) : isBroughtBy(path);
        if (!flow.isAnchored() || (ssrc & ~1) != flow.flowId() || !serves) {
            return false;
        }
        flow.setWallOffsetNs(wallClock.offsetNs());
        flow.onSenderReport(now, ntp, rtpTimestamp);
        return true;
    }

    @Override
    public boolean onReceptionReport(
            long now, Path path, int sourceSsrc, long highestSequence, long cumulativeLost) {
        return false; // nobody receives anything from a receiver
    }

    @Override
    public void onPathDown(Path path) {
        // The table knows.
    }

    @Override
    public boolean sendsMedia() {
        return false;
    }

    @Override
    public void onRoundTrip(long now, Path path) {
        int row = requestRow(now, 1);
        RttEstimator rtt = table.rtt(row < 0 ? path.row : row);
        flow.setRoundTrip(rtt.smoothedNs(), rtt.variationNs(), rtt.leastNs());
    }

    @Override
    public void fillReport(long now, Path path, Report report) {
        report.fromSender = false;
        report.hasBlock = flow.reception().isStarted();
        if (report.hasBlock) {
            ReceptionStatistics reception = flow.reception();
            report.sourceSsrc = flow.flowId();
            report.peerPort = virtualSourcePort;
            report.ownPort = virtualDestinationPort;
            report.fractionLost = reception.takeFractionLost(reported(path));
            report.cumulativeLost = reception.cumulativeLost();
            report.highestSequence = reception.extendedHighestSequence();
            report.jitter = reception.jitterTicks();
            report.lastSr = path.clock.lastSr();
            report.delaySinceLastSr = path.clock.delaySinceLastSr(now);
        }
    }

    private ReceptionStatistics.Interval reported(Path path) {
        ReceptionStatistics.Interval interval = reported[path.row];
        if (interval == null) {
            interval = new ReceptionStatistics.Interval();
            reported[path.row] = interval;
        }
        return interval;
    }

    @Override
    public long shortestBufferNs() {
        return flow.bufferNs();
    }

    @Override
    public long longestBufferNs() {
        return flow.bufferNs();
    }

    @Override
    public long bufferMs() {
        return flow.targetBufferNs() / SessionTime.MILLISECOND;
    }

    @Override
    public boolean sizesBuffer() {
        return sizesBuffer;
    }

    @Override
    public void onSenderKeeps(Path path, long keepsNs) {
        flow.setSenderHistoryNs(keepsNs);
    }

    @Override
    public int controlSsrc() {
        return ownSsrc;
    }

    @Override
    public boolean accepts(int ssrc) {
        return !flow.isAnchored() || (ssrc & ~1) == flow.flowId();
    }

    @Override
    public boolean isBusy() {
        Path own = flow.isAnchored() ? bringer() : null;
        return own != null && table.isAlive(nowNs, flowRow);
    }

    @Override
    public void release() {
        flow.release();
    }

    @Override
    public void wakes(Wake wake) {
        flow.wakes(wake);
    }

    @Override
    public void onDeadline(long now) {
        nowNs = now;
        flow.onDeadline(now);
        limits.look(now, flow.counters(), this);
    }

    @Override
    public void limitReached(FlowLimit limit, long packets) {
        sink.event(new SessionEvent.LimitReached(flow.flowId(), limit, packets));
    }

    @Override
    public boolean isDrained(long now) {
        return flow.isDrained();
    }
}
