package io.rist4j.session;

import io.rist4j.core.flow.FlowLimit;
import io.rist4j.core.flow.LimitWatch;
import io.rist4j.core.flow.SenderFlow;
import io.rist4j.core.flow.SenderSink;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.OriginalPaths;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RttEstimator;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Report;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One flow of a sender: its packets go out on the paths that the policy chooses. */
final class SenderEnd implements SenderSink, LimitWatch.Sink {
    private final SenderFlow flow;
    private final SenderFlowPlan plan;
    private final PathTable table;
    private final OriginalPaths originals;
    private final PathDirectory directory;
    private final Outbox outbox;
    private final SessionSink sink;
    private final LimitWatch limits = new LimitWatch();
    private final WallClock wallClock;
    private long nowNs;

    SenderEnd(
            SessionConfig config,
            SenderFlowPlan plan,
            PathTable table,
            OriginalPaths originals,
            PathDirectory directory,
            Outbox outbox,
            SessionSink sink,
            WallClock wallClock) {
        this.table = table;
        this.originals = originals;
        this.directory = directory;
        this.outbox = outbox;
        this.sink = sink;
        this.wallClock = wallClock;
        this.plan = plan;
        flow = new SenderFlow(config.sender(), plan.flowId(), plan.firstSequence(), this);
    }

    SenderFlow flow() {
        return flow;
    }

    Verdict send(long now, long sourceNs, ByteBuffer buffer, int at, int bytes) {
        nowNs = now;
        long evicted = flow.counters().evicted();
        Verdict verdict = flow.send(now, sourceNs, buffer, at, bytes);
        if (flow.counters().evicted() != evicted) {
            watchLimits(now);
        }
        return verdict;
    }

    private void watchLimits(long now) {
        limits.look(now, flow, this);
    }

    @Override
    public void limitReached(FlowLimit limit, long packets) {
        sink.event(new SessionEvent.LimitReached(flow.flowId(), limit, packets));
    }

    @Override
    public void transmit(MediaPacket packet) {
        address(packet);
        long chosen = originals.choose(nowNs, packet.sequence);
        for (long mask = chosen; mask != 0; mask &= mask - 1) {
            Path path = directory.row(Long.numberOfTrailingZeros(mask));
            if (path != null) {
                flow.tellsBits(path.link.sequenceBits());
                outbox.media(nowNs, path, packet);
            }
        }
    }

    private void address(MediaPacket packet) {
        packet.virtualSourcePort = plan.virtualSourcePort();
        packet.virtualDestinationPort = plan.virtualDestinationPort();
    }

    @Override
    public void retransmit(MediaPacket packet, int row) {
        address(packet);
        Path path = directory.row(row);
        if (path != null) {
            outbox.media(nowNs, path, packet);
        }
    }

    /**
     * What was fed while the peer was known, but not yet where it says it is. A receiver begins
     * where its first path does: what another one brings from before that would come too late.
     */
    void onProven(long now, Path path) {
        if (path.media != null && !hasOtherPath(path)) {
            nowNs = now;
            flow.catchUp(now, path.row, path.knownNs);
        }
    }

    private boolean hasOtherPath(Path path) {
        for (int row = 0; row < directory.end(); row++) {
            Path other = directory.row(row);
            if (other != null
                    && other != path
                    && other.isProven()
                    && other.peerSsrc == path.peerSsrc) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void repeatLast(MediaPacket packet) {
        address(packet);
        for (int row = 0; row < directory.capacity(); row++) {
            Path path = directory.row(row);
            if (path != null && table.isAlive(nowNs, row)) {
                outbox.media(nowNs, path, packet);
            }
        }
    }

    /**
     * As {@link FlowEnd#onMissing}.
     *
     * @param additional -1 when the datagram may name nothing more
     * @param excess how many packets more the peer named than its datagram may
     */
    void onMissing(long now, Path path, long first, int bits, int additional, long excess) {
        if (!path.isProven()) {
            return; // nothing would go there, and what others ask for would count as repeated
        }
        nowNs = now;
        flow.setPeer(path.row, path.peerSsrc + 31 * Arrays.hashCode(path.nameBytes));
        RttEstimator rtt = table.rtt(path.row);
        // a peer that is told less counts on by itself: what it adds is its own affair
        int known = Math.min(bits, path.link.sequenceBits());
        flow.onMissing(
                now, path.row, first, known, additional, rtt.smoothedNs(), rtt.variationNs());
        flow.onExcess(excess);
        watchLimits(now);
    }

    /** As {@link FlowEnd#onReceptionReport}. */
    boolean onReceptionReport(
            long now, Path path, int sourceSsrc, long highestSequence, long cumulativeLost) {
        if ((sourceSsrc & ~1) != flow.flowId() || !path.isProven()) {
            return false;
        }
        if (!path.multicast) { // in a group, what one receiver has says nothing of the others
            flow.onReceptionReport(now, path.row, highestSequence, 16, cumulativeLost);
        }
        return true;
    }

    void onPathDown(Path path) {
        flow.onPathDown(path.row);
    }

    void onRoundTrip(long now, Path path) {
        RttEstimator rtt = table.rtt(table.longestRoundTrip(now, path.row));
        flow.setRoundTrip(rtt.smoothedNs(), rtt.variationNs());
    }

    void fillReport(long now, Path path, Report report) {
        report.fromSender = true;
        report.ssrc = flow.flowId();
        report.peerPort = plan.virtualDestinationPort();
        report.ownPort = plan.virtualSourcePort();
        report.ntp = wallClock.ntp(now);
        report.mediaNs = flow.mediaNs(now);
        report.packets = flow.packetsSent();
        report.octets = flow.octetsSent();
        path.clock.onReportSent(now, report.ntp);
    }

    void wakes(Wake wake) {
        flow.wakes(wake);
    }

    void onDeadline(long now) {
        nowNs = now;
        flow.onDeadline(now);
    }

    boolean isDrained(long now) {
        return now >= drainedNs(now);
    }

    /**
     * From when on nobody can ask for anything any more: a recovery buffer after the last packet,
     * or earlier where every peer that is there reports that it needs nothing.
     */
    long drainedNs(long now) {
        long latestNs = SessionTime.NEVER;
        for (int row = 0; row < table.capacity(); row++) {
            if (table.isUsed(row) && table.wasEverHeard(row) && table.isAlive(now, row)) {
                long neededNs = flow.deliveredNs(row, table.rtt(row).smoothedNs());
                latestNs = latestNs == SessionTime.NEVER ? neededNs : Math.max(latestNs, neededNs);
            }
        }
        return Math.min(latestNs, flow.drainedNs());
    }
}
