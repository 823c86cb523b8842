package io.rist4j.session;

import io.rist4j.core.flow.SenderFlow;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.OriginalPaths;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Report;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sender's half: one flow or several over the same paths, each with its own SSRC, history, gate
 * and counters. Requests belong to the flow that they name; those that name none of them to the
 * first, for peers are careless about that field.
 */
final class SenderFlows implements FlowEnd, SendingFlows {
    /**
     * Packets that the requests of one datagram may name: a range names up to 65 536 in four
     * octets. A receiver that misses more asks in several datagrams, as ours does, or again.
     */
    static final int MOST_NAMED_PER_DATAGRAM = 4_096;

    private final SessionConfig config;
    private final PathTable table;
    private final OriginalPaths originals;
    private final PathDirectory directory;
    private final Outbox outbox;
    private final SessionSink sink;
    private final WallClock wallClock;
    private SenderEnd[] ends;
    private int reportedFlow;
    private int nameable = MOST_NAMED_PER_DATAGRAM;

    SenderFlows(
            SessionConfig config,
            SessionIdentity identity,
            PathTable table,
            OriginalPaths originals,
            PathDirectory directory,
            Outbox outbox,
            SessionSink sink,
            WallClock wallClock) {
        this.config = config;
        this.table = table;
        this.originals = originals;
        this.directory = directory;
        this.outbox = outbox;
        this.sink = sink;
        this.wallClock = wallClock;
        var first = new SenderFlowPlan(identity.flowId(), identity.firstSequence(), 0, 0);
        ends = new SenderEnd[] {newEnd(first)};
    }

    private SenderEnd newEnd(SenderFlowPlan plan) {
        return new SenderEnd(config, plan, table, originals, directory, outbox, sink, wallClock);
    }

    @Override
    public int size() {
        return ends.length;
    }

    @Override
    public SenderFlow flow(int index) {
        return ends[index].flow();
    }

    @Override
    public Verdict send(long now, int flow, long sourceNs, ByteBuffer b, int at, int bytes) {
        return ends[flow].send(now, sourceNs, b, at, bytes);
    }

    @Override
    public int open(SenderFlowPlan plan) {
        if (ends.length == SessionConfig.MOST_FLOWS_SENT) {
            throw new IllegalStateException("a sender has " + ends.length + " flows at most");
        }
        for (SenderEnd end : ends) {
            if (end.flow().flowId() == plan.flowId()) {
                throw new IllegalArgumentException(
                        "flowId 0x" + Integer.toHexString(plan.flowId()) + " is in use");
            }
        }
        SenderEnd[] more = Arrays.copyOf(ends, ends.length + 1);
        more[ends.length] = newEnd(plan);
        ends = more;
        return ends.length - 1;
    }

    @Override
    public Verdict onMedia(long now, Path path, MediaPacket packet) {
        return Verdict.MISPLACED;
    }

    @Override
    public void onDatagram() {
        nameable = MOST_NAMED_PER_DATAGRAM;
    }

    @Override
    public void onMissing(
            long now, Path path, int mediaSsrc, long first, int bits, int additional) {
        SenderEnd of = ends[0];
        for (SenderEnd end : ends) {
            if (end.flow().flowId() == (mediaSsrc & ~1)) {
                of = end;
            }
        }
        long named = Math.max(0, additional + 1L);
        int taken = (int) Math.min(named, nameable);
        nameable -= taken;
        of.onMissing(now, path, first, bits, taken - 1, named - taken);
    }

    @Override
    public boolean onSenderReport(long now, Path path, int ssrc, long ntp, long rtpTimestamp) {
        return false; // a receiver that sends one is no reason to refuse the rest of its compound
    }

    @Override
    public boolean onReceptionReport(
            long now, Path path, int sourceSsrc, long highestSequence, long cumulativeLost) {
        boolean counts = false;
        for (SenderEnd end : ends) {
            counts |= end.onReceptionReport(now, path, sourceSsrc, highestSequence, cumulativeLost);
        }
        return counts;
    }

    @Override
    public void onPathDown(Path path) {
        for (SenderEnd end : ends) {
            end.onPathDown(path);
        }
    }

    @Override
    public void onPathRemoved(int row) {
        if (row < PathTable.MAX_SENDING_PATHS) {
            for (SenderEnd end : ends) {
                end.flow().onPathRemoved(row);
            }
        }
    }

    @Override
    public boolean sendsMedia() {
        return true;
    }

    @Override
    public void onProven(long now, Path path) {
        for (SenderEnd end : ends) {
            end.onProven(now, path);
        }
    }

    @Override
    public void onRoundTrip(long now, Path path) {
        for (SenderEnd end : ends) {
            end.onRoundTrip(now, path);
        }
    }

    @Override
    public void fillReport(long now, Path path, Report report) {
        reportedFlow = 0;
        ends[0].fillReport(now, path, report);
    }

    @Override
    public boolean fillNextReport(long now, Path path, Report report) {
        if (++reportedFlow >= ends.length) {
            return false;
        }
        ends[reportedFlow].fillReport(now, path, report);
        return true;
    }

    @Override
    public long bufferMs() {
        return longestBufferNs() / SessionTime.MILLISECOND;
    }

    @Override
    public long shortestBufferNs() {
        return longestBufferNs();
    }

    @Override
    public long longestBufferNs() {
        return ends[0].flow().historyNs();
    }

    @Override
    public boolean sizesBuffer() {
        return false;
    }

    @Override
    public void onSenderKeeps(Path path, long keepsNs) {
        // There is no other sender.
    }

    @Override
    public int controlSsrc() {
        return ends[0].flow().flowId();
    }

    @Override
    public boolean accepts(int ssrc) {
        return true;
    }

    @Override
    public boolean isBusy() {
        return false;
    }

    @Override
    public void release() {
        for (SenderEnd end : ends) {
            end.flow().release();
        }
    }

    @Override
    public void wakes(Wake wake) {
        for (SenderEnd end : ends) {
            end.wakes(wake);
        }
    }

    @Override
    public void onDeadline(long now) {
        for (SenderEnd end : ends) {
            end.onDeadline(now);
        }
    }

    @Override
    public boolean isDrained(long now) {
        for (SenderEnd end : ends) {
            if (!end.isDrained(now)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long drainedNs(long now) {
        long drainedNs = 0;
        for (SenderEnd end : ends) {
            drainedNs = Math.max(drainedNs, end.drainedNs(now));
        }
        return drainedNs;
    }
}
