package io.rist4j.core.flow;

import io.rist4j.core.flow.ReceiverFlowConfig.Timing;
import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.SequenceUnwrapper;
import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/**
 * The receiving half of ARQ: orders packets of one flow over all its paths, asks for those that are
 * missing, and delivers each when it is due, one recovery buffer after the instant at which its
 * source time says that an undelayed packet comes.
 *
 * <p>Feed it with {@link #onMedia}; call {@link #onDeadline} when {@link #deadlineNs} has come.
 * Deliveries and requests leave from {@link #onDeadline} only, but for a buffer that is full: then
 * {@link #onMedia} delivers the oldest packets early rather than drop the newest.
 *
 * <p>Nothing already received is lost by what happens elsewhere: when a flow anchors anew, what
 * waits in the buffer is still delivered, in order and when it is due, and the new packets after
 * it.
 *
 * <p>Not thread-safe. Allocation-free in steady state. All times in ns of the session clock.
 */
public final class ReceiverFlow {
    /** Largest payload accepted, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 65_507;

    /** How many packets before the first one start repair asks for. */
    public static final int START_REPAIR_PACKETS = 32;

    private static final long FIRST_POSITION = 1L << 40;

    private final ReceiverFlowConfig config;
    private final ReceiverSink sink;
    private final ReceiverCounters counters = new ReceiverCounters();
    private final ReceptionStatistics reception = new ReceptionStatistics();
    private final SequenceUnwrapper sequences;
    private final RecoveryRing ring;
    private final MissingList missing;
    private final RequestScheduler requests;
    private final MediaBlock block = new MediaBlock();
    private final RequestScheduler.Positions positions = new PositionsView();

    private @Nullable FlowEpoch current;
    private @Nullable StartReason restartReason;
    private final FlowEpoch[] earlier = new FlowEpoch[4];
    private int earlierCount;

    private long bufferNs;
    private long cursor = FIRST_POSITION;
    private long head = FIRST_POSITION;
    private long highest = FIRST_POSITION - 1;
    private long highestSourceNs;
    private long highestArrivalNs;

    /**
     * A flow that has not anchored yet.
     *
     * @param config its settings
     * @param sink takes its effects
     */
    public ReceiverFlow(ReceiverFlowConfig config, ReceiverSink sink) {
        this.config = config;
        this.sink = sink;
        this.sequences = new SequenceUnwrapper(config.sequenceBits());
        this.bufferNs = config.bufferStartNs();
        long mostBytes = (config.maxBitrate() / 8) * (config.bufferMaxNs() / 1_000_000) / 1_000;
        long mostPackets = (mostBytes + (mostBytes / 4)) / 188;
        int slots = (int) Math.max(4096, Math.min(2 * mostPackets, maxSlots()));
        this.ring = new RecoveryRing(slots, (2 * mostBytes) + (1 << 22));
        this.missing = new MissingList(ring.maxSlots());
        this.requests = new RequestScheduler(config, missing, counters);
        ring.startAt(FIRST_POSITION);
        counters.missingQueueMax = missing.most();
    }

    private long maxSlots() {
        return config.sequenceBits() == 16 ? 2 * sequences.span() : 1 << 21;
    }

    // ---- facts

    /**
     * A media packet came.
     *
     * @param nowNs the present
     * @param path the path that brought it, 0..255
     * @param packet the packet; its payload is copied
     * @return {@link Verdict#OK} when it was new and in time
     */
    public Verdict onMedia(long nowNs, int path, MediaPacket packet) {
        if (packet.payloadBytes < 0 || packet.payloadBytes > MAX_PAYLOAD_BYTES) {
            counters.droppedUnexpected++;
            return Verdict.OVER_LIMIT;
        }
        FlowEpoch epoch = current;
        if (epoch == null) {
            if (packet.retransmission) {
                counters.droppedUnexpected++;
                return Verdict.LATE;
            }
            return anchor(nowNs, path, packet, StartReason.FIRST_PACKET);
        }
        StartReason restart = restartReason;
        if (restart != null && !packet.retransmission) {
            restartReason = null;
            return anchor(nowNs, path, packet, restart);
        }
        if (packet.flowId != epoch.flowId) {
            counters.droppedForeign++;
            return Verdict.FOREIGN_FLOW;
        }
        long ticks = epoch.timestamps.widen(packet.timestamp);
        long position = position(epoch, packet, ticks);
        if (position > highest) {
            return onAhead(nowNs, path, packet, epoch, position, ticks);
        }
        if (position < cursor) {
            return onBehind(position);
        }
        return onWithin(nowNs, path, packet, epoch, position, ticks);
    }

    /** The position that a packet of the present epoch means. */
    private long position(FlowEpoch epoch, MediaPacket packet, long ticks) {
        long reference = highest - epoch.shift;
        long wide = sequences.nearest(packet.sequence, reference);
        long distance = wide - reference;
        long tickDistance = ticks - epoch.timestamps.reference();
        long doubtful = sequences.span() / 4;
        if (packet.retransmission && distance > 0 && (tickDistance <= 0 || distance > 64)) {
            wide -= sequences.span();
        } else if (distance > doubtful && tickDistance < 0) {
            wide -= sequences.span();
        } else if (distance < -doubtful && tickDistance > 0) {
            wide += sequences.span();
        }
        return wide + epoch.shift;
    }

    private Verdict onAhead(
            long nowNs, int path, MediaPacket packet, FlowEpoch epoch, long position, long ticks) {
        long sourceNs = sourceNs(epoch, packet, ticks);
        long gap = (position - highest) - 1;
        if (!ring.openThrough(position, cursor)) {
            return packet.retransmission
                    ? Verdict.OVER_LIMIT
                    : anchor(nowNs, path, packet, StartReason.JUMP);
        }
        if (!store(position, packet, sourceNs, path)) {
            return Verdict.OVER_LIMIT;
        }
        long stepNs = gap == 0 ? 0 : Math.max(0, sourceNs - highestSourceNs) / (gap + 1);
        for (long i = 1; i <= gap; i++) {
            ring.expect(highest + i, highestSourceNs + (i * stepNs));
            requests.add(nowNs, highest + i, 0);
        }
        highest = position;
        highestSourceNs = sourceNs;
        epoch.timestamps.advanceTo(ticks);
        if (!packet.retransmission) {
            requests.estimator().onOriginal(gap);
            onOriginal(epoch, packet, position, ticks, sourceNs);
        }
        return Verdict.OK;
    }

    private Verdict onBehind(long position) {
        if (ring.isPresent(position)) {
            counters.duplicates++;
            return Verdict.DUPLICATE;
        }
        counters.droppedLate++;
        return Verdict.LATE;
    }

    private Verdict onWithin(
            long nowNs, int path, MediaPacket packet, FlowEpoch epoch, long position, long ticks) {
        if (ring.isPresent(position)) {
            counters.duplicates++;
            return Verdict.DUPLICATE;
        }
        long sourceNs =
                stampedByArrival(epoch, packet) ? ring.sourceNs(position) : epoch.mediaNs(ticks);
        if (!store(position, packet, sourceNs, path)) {
            return Verdict.OVER_LIMIT;
        }
        head = Math.min(head, position);
        requests.onFilled(nowNs, position, packet.retransmission);
        if (!packet.retransmission) {
            counters.reordered++;
            onOriginal(epoch, packet, position, ticks, sourceNs);
        }
        return Verdict.OK;
    }

    private boolean stampedByArrival(FlowEpoch epoch, MediaPacket packet) {
        return epoch.clockHz == 0 || packet.clockHz != epoch.clockHz;
    }

    private long sourceNs(FlowEpoch epoch, MediaPacket packet, long ticks) {
        if (stampedByArrival(epoch, packet)) {
            return Math.max(highestSourceNs, packet.arrivalNs - epoch.clock.offsetNs());
        }
        return epoch.mediaNs(ticks);
    }

    private boolean store(long position, MediaPacket packet, long sourceNs, int path) {
        while (!ring.store(position, packet, sourceNs, path)) {
            if (!deliverEarly(packet.arrivalNs)) {
                counters.droppedFull++;
                return false;
            }
        }
        counters.received++;
        counters.receivedBytes += packet.payloadBytes;
        if (packet.retransmission) {
            counters.receivedRetransmissions++;
        }
        return true;
    }

    private void onOriginal(
            FlowEpoch epoch, MediaPacket packet, long position, long ticks, long sourceNs) {
        reception.onOriginal(position - epoch.shift);
        if (!stampedByArrival(epoch, packet)) {
            if (epoch.clock.onOriginal(packet.arrivalNs, sourceNs, bufferNs)) {
                counters.clockResyncs++;
            }
            reception.onTransit(MediaClock.nsToTicks(packet.arrivalNs, epoch.clockHz), ticks);
        }
        counters.onSpacing(Math.max(0, packet.arrivalNs - highestArrivalNs));
        highestArrivalNs = Math.max(highestArrivalNs, packet.arrivalNs);
    }

    // ---- anchors

    private Verdict anchor(long nowNs, int path, MediaPacket packet, StartReason reason) {
        FlowEpoch previous = current;
        long start = highest + 1;
        long position = start + (config.startRepair() ? START_REPAIR_PACKETS : 0);
        if (!ring.openThrough(position, cursor)) {
            counters.droppedFull++;
            return Verdict.OVER_LIMIT;
        }
        int clockHz = config.timing() == Timing.ARRIVAL ? 0 : packet.clockHz;
        FlowEpoch epoch =
                new FlowEpoch(
                        start,
                        position,
                        position - sequences.wire(packet.sequence),
                        packet.flowId,
                        clockHz,
                        packet.timestamp,
                        reason);
        long sourceNs =
                clockHz == 0 ? packet.arrivalNs : epoch.mediaNs(epoch.timestamps.reference());
        if (!store(position, packet, sourceNs, path)) {
            return Verdict.OVER_LIMIT;
        }
        epoch.clock.anchor(packet.arrivalNs, sourceNs);
        if (clockHz == 0) {
            epoch.clock.fix(0);
        }
        if (previous != null) {
            counters.flowResets++;
            missing.clear();
            if (earlierCount == earlier.length) {
                flushEarliest(nowNs);
            }
            earlier[earlierCount++] = previous;
        }
        current = epoch;
        highest = position;
        highestSourceNs = sourceNs;
        highestArrivalNs = packet.arrivalNs;
        head = ring.nextPresent(cursor);
        for (long before = start; before < position; before++) {
            ring.expect(before, sourceNs);
            requests.add(nowNs, before, MissingList.SOFT);
        }
        reception.restart(position - epoch.shift);
        onOriginal(epoch, packet, position, epoch.timestamps.reference(), sourceNs);
        sink.flowStarted(packet.flowId, reason);
        return Verdict.OK;
    }

    private void flushEarliest(long nowNs) {
        long until = earlierCount > 1 ? earlier[1].start : current().start;
        while (cursor < until && head < until) {
            deliverHead(nowNs);
        }
    }

    private FlowEpoch current() {
        FlowEpoch epoch = current;
        if (epoch == null) {
            throw new IllegalStateException("not anchored");
        }
        return epoch;
    }

    private FlowEpoch epochOf(long position) {
        FlowEpoch epoch = current();
        if (position >= epoch.start) {
            return epoch;
        }
        for (int i = earlierCount - 1; i > 0; i--) {
            if (position >= earlier[i].start) {
                return earlier[i];
            }
        }
        return earlier[0];
    }

    // ---- playout

    private long dueNs(long position) {
        return ring.sourceNs(position) + epochOf(position).clock.offsetNs() + bufferNs;
    }

    /**
     * Delivers and asks for what is due. Early calls are harmless.
     *
     * @param nowNs the present
     */
    public void onDeadline(long nowNs) {
        FlowEpoch epoch = current;
        if (epoch == null) {
            return;
        }
        epoch.clock.advance(nowNs);
        long until = nowNs + config.playoutToleranceNs();
        while (head <= highest && dueNs(head) <= until) {
            deliverHead(nowNs);
        }
        requests.onDeadline(nowNs, positions, sink);
        counters.missingQueue = missing.open();
    }

    private boolean deliverEarly(long nowNs) {
        if (current == null || head > highest) {
            return false;
        }
        counters.deliveredEarly++;
        deliverHead(nowNs);
        return true;
    }

    private void deliverHead(long nowNs) {
        FlowEpoch epoch = epochOf(head);
        long hole = holeBefore(epoch);
        ring.load(head, block);
        block.sequence = (head - epoch.shift) & 0xFFFF_FFFFL;
        block.flowId = epoch.flowId;
        block.dueNs = dueNs(head);
        block.flowStart = !epoch.begun;
        block.lostBefore = (int) Math.min(Integer.MAX_VALUE, hole);
        if (hole > 0) {
            counters.lost += hole;
            counters.discontinuities++;
        }
        epoch.begun = true;
        epoch.clock.settle();
        counters.delivered++;
        counters.deliveredBytes += block.payloadBytes;
        counters.bufferTimeNs += Math.max(0, nowNs - block.arrivalNs);
        long delivered = head;
        cursor = head + 1;
        head = ring.nextPresent(cursor);
        sink.deliver(block);
        ring.release(delivered);
        while (earlierCount > 0 && cursor >= nextStart()) {
            System.arraycopy(earlier, 1, earlier, 0, earlierCount - 1);
            earlierCount--;
        }
    }

    private long nextStart() {
        return earlierCount > 1 ? earlier[1].start : current().start;
    }

    /** How many positions between cursor and head were expected and did not come. */
    private long holeBefore(FlowEpoch epoch) {
        long from = epoch.begun ? cursor : Math.max(cursor, epoch.anchor);
        return Math.max(0, head - from);
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    public long deadlineNs() {
        if (current == null) {
            return SessionTime.NEVER;
        }
        return Math.min(playoutNs(), requests.deadlineNs());
    }

    private long playoutNs() {
        return head <= highest ? dueNs(head) : SessionTime.NEVER;
    }

    /** How much later than {@link #deadlineNs} the call may come without harm. */
    public long slackNs() {
        if (current == null) {
            return 0;
        }
        long playoutNs = playoutNs();
        long requestNs = requests.deadlineNs();
        long latest = SessionTime.NEVER;
        if (playoutNs != SessionTime.NEVER) {
            latest = playoutNs + config.playoutToleranceNs();
        }
        if (requestNs != SessionTime.NEVER) {
            latest = Math.min(latest, requestNs + requests.slackNs());
        }
        return latest == SessionTime.NEVER ? 0 : latest - Math.min(playoutNs, requestNs);
    }

    /** Whether nothing waits to be played. */
    public boolean isDrained() {
        return current == null || head > highest;
    }

    // ---- settings and questions

    /**
     * A sender report came; it places the media in {@link Timing#RTC}.
     *
     * @param nowNs the present
     * @param ntp its NTP-64 timestamp, wall clock
     * @param rtpTimestamp the same instant on the media clock, 32 bits
     */
    public void onSenderReport(long nowNs, long ntp, long rtpTimestamp) {}

    /**
     * Tells the wall clock, for {@link Timing#RTC}.
     *
     * @param wallMinusSessionNs nanoseconds since 1970 minus session time
     */
    public void setWallOffsetNs(long wallMinusSessionNs) {}

    /**
     * Tells the round trip of the path that requests take.
     *
     * @param smoothedNs smoothed
     * @param variationNs mean deviation from it
     * @param leastNs the shortest seen
     */
    public void setRoundTrip(long smoothedNs, long variationNs, long leastNs) {
        requests.setRoundTrip(smoothedNs, variationNs, leastNs);
    }

    /**
     * Tells how long the sender keeps what it sent; auto-sizing stays below it.
     *
     * @param ns 0 when the sender has not said
     */
    public void setSenderHistoryNs(long ns) {}

    /**
     * Chooses the recovery buffer, within the limits of {@link ReceiverFlowConfig}.
     *
     * @param ns the new length
     */
    public void setBufferNs(long ns) {
        bufferNs =
                Math.max(
                        ReceiverFlowConfig.MIN_BUFFER_NS,
                        Math.min(ReceiverFlowConfig.MAX_BUFFER_NS, ns));
        requests.setBufferNs(bufferNs);
    }

    /**
     * Ends the present flow: the next original anchors anew, whatever flow it belongs to. What is
     * in the buffer is still delivered.
     *
     * @param reason what that anchor is to be called
     */
    public void restart(StartReason reason) {
        restartReason = reason;
        missing.clear();
    }

    /** The id of the flow in use; 0 before there is one. */
    public int flowId() {
        FlowEpoch epoch = current;
        return epoch == null ? 0 : epoch.flowId;
    }

    /** Whether the first packet has come. */
    public boolean isAnchored() {
        return current != null;
    }

    /** What was counted so far. */
    public ReceiverCounters counters() {
        return counters;
    }

    /** What a reception report says. */
    public ReceptionStatistics reception() {
        return reception;
    }

    /** The recovery buffer in use. */
    public long bufferNs() {
        return bufferNs;
    }

    private final class PositionsView implements RequestScheduler.Positions {
        @Override
        public long cursor() {
            return cursor;
        }

        @Override
        public long dueNs(long position) {
            return ReceiverFlow.this.dueNs(position);
        }

        @Override
        public long successorDueNs(long position) {
            long next = ring.nextPresent(position + 1);
            return next > highest ? SessionTime.NEVER : ReceiverFlow.this.dueNs(next);
        }

        @Override
        public long wire(long position) {
            return sequences.wire(position - epochOf(position).shift);
        }
    }
}
