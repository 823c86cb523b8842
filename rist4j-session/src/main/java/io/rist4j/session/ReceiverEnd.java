package io.rist4j.session;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverSink;
import io.rist4j.core.flow.ReceptionStatistics;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.core.time.SessionTime;

/**
 * A receiver's half: its flow's requests go out on the paths that the table chooses, its packets to
 * the host.
 */
final class ReceiverEnd implements FlowEnd, ReceiverSink {
    /** A refused flow is told of at most this often. */
    private static final long REFUSAL_EVERY_NS = 10 * SessionTime.SECOND;

    private final ReceiverFlow flow;
    private final PathTable table;
    private final PathDirectory directory;
    private final Outbox outbox;
    private final SessionSink sink;
    private final WallClock wallClock;
    private final int ownSsrc;
    private final boolean sizesBuffer;
    private final long playoutToleranceNs;
    private final RequestBatch[] batches;
    private final FlowTakeover takeover = new FlowTakeover();
    private int flowRow = -1;
    private int servedFlow;
    private long refusalToldNs = -REFUSAL_EVERY_NS;
    private long nowNs;

    ReceiverEnd(
            SessionConfig config,
            SessionIdentity identity,
            PathTable table,
            PathDirectory directory,
            Outbox outbox,
            SessionSink sink,
            WallClock wallClock) {
        this.table = table;
        this.directory = directory;
        this.outbox = outbox;
        this.sink = sink;
        this.wallClock = wallClock;
        ownSsrc = identity.ownSsrc();
        sizesBuffer = config.receiver().bufferMinNs() != config.receiver().bufferMaxNs();
        playoutToleranceNs = config.receiver().playoutToleranceNs();
        batches = new RequestBatch[directory.capacity()];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new RequestBatch();
        }
        flow = new ReceiverFlow(config.receiver(), this);
    }

    ReceiverFlow flow() {
        return flow;
    }

    @Override
    public void deliver(MediaBlock block) {
        sink.deliver(block);
    }

    @Override
    public void request(long sequence, int attempt) {
        int row = table.chooseForRequest(nowNs, attempt);
        if (row < 0) {
            return;
        }
        RequestBatch batch = batches[row];
        batch.add(sequence);
        if (batch.isFull()) {
            write(row, batch);
        }
    }

    @Override
    public void endRequests() {
        for (int row = 0; row < batches.length; row++) {
            if (batches[row].size() > 0) {
                write(row, batches[row]);
            }
        }
    }

    private void write(int row, RequestBatch batch) {
        Path path = directory.row(row);
        if (path != null) {
            outbox.requests(nowNs, path, ownSsrc, flow.flowId(), batch);
        }
        batch.clear();
    }

    @Override
    public void flowStarted(int flowId, StartReason reason) {
        if (flowId != servedFlow) {
            servedFlow = flowId;
            directory.askOnlyDialled();
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
            // Of a peer that has not reported yet nobody knows where to send requests.
            table.setServing(path.row, path.control != null);
        }
        return verdict;
    }

    /**
     * Whether another flow takes the place of the one in use, which then makes way. Silence alone
     * is no reason: a sender that pauses is still there.
     */
    private boolean takesOver(long now, Path path, MediaPacket packet) {
        Path own = flowRow < 0 ? null : directory.row(flowRow);
        boolean ownIsGone =
                own == null
                        || own.isLeaving()
                        || !table.isAlive(now, flowRow)
                        || (!own.named && path.named);
        if (takeover.onForeignMedia(now, packet.flowId, path.row == flowRow, ownIsGone)) {
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
    public void onMissing(long now, Path path, int high, long first, int additional) {
        // Nobody asks a receiver; in a multicast group other receivers' requests pass by.
    }

    @Override
    public void onSenderReport(long now, Path path, long ntp, long rtpTimestamp) {
        nowNs = now;
        flow.setWallOffsetNs(wallClock.offsetNs());
        flow.onSenderReport(now, ntp, rtpTimestamp);
    }

    @Override
    public void onReceptionReport(long now, Path path, int sourceSsrc, long highestSequence) {
        // Nobody receives anything from a receiver.
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
        int row = table.chooseForRequest(now, 1);
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
            report.fractionLost = reception.takeFractionLost(path.reported);
            report.cumulativeLost = reception.cumulativeLost();
            report.highestSequence = reception.extendedHighestSequence();
            report.jitter = reception.jitterTicks();
            report.lastSr = path.clock.lastSr();
            report.delaySinceLastSr = path.clock.delaySinceLastSr(now);
        }
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
    public void onSenderKeeps(long keepsNs) {
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
        Path own = flow.isAnchored() && flowRow >= 0 ? directory.row(flowRow) : null;
        return own != null && !own.isLeaving() && table.isAlive(nowNs, flowRow);
    }

    @Override
    public long deadlineNs() {
        return flow.deadlineNs();
    }

    @Override
    public long slackNs() {
        return flow.slackNs();
    }

    @Override
    public long earlyNs() {
        return playoutToleranceNs;
    }

    @Override
    public void onDeadline(long now) {
        nowNs = now;
        flow.onDeadline(now);
    }

    @Override
    public boolean isDrained(long now) {
        return flow.isDrained();
    }
}
