package io.rist4j.core.flow;

import io.rist4j.core.flow.ReceiverFlowConfig.Timing;
import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SequenceUnwrapper;
import io.rist4j.core.time.SessionTime;

/**
 * The packets between the next one to be played and the newest one received, present or missing,
 * and how that window moves on: by the next packet, over a gap, or to a new anchor.
 *
 * <p>Positions count on from one epoch to the next, so that an anchor needs no flush. Not
 * thread-safe. Allocation-free in steady state.
 */
final class RecoveryWindow {
    /** Clocks that differ by 200 ppm are 6 ms apart after so long. */
    private static final long CLOCK_HOLDS_NS = 30 * SessionTime.SECOND;

    /** Far above 0, so that start repair of the first packet stays positive. */
    private static final long FIRST_POSITION = 1L << 40;

    /**
     * With numbers of 32 bits: 2 s of 260 000 packets a second, as many as a sender keeps. A packet
     * takes 38 bytes of heap beside its payload, 19 MiB for all of these.
     */
    private static final int MOST_SLOTS = 1 << 19;

    /** With numbers of 16 bits: what is further apart cannot be told from what is near. */
    private static final int MOST_SLOTS_OF_16_BITS = 1 << 17;

    final ReceiverCounters counters = new ReceiverCounters();
    final ReceptionStatistics reception = new ReceptionStatistics();
    final WallClockTiming wallClock = new WallClockTiming();
    final FlowEpochs epochs = new FlowEpochs();
    final RecoveryRing ring;
    final MissingList missing;
    final RequestScheduler requests;
    final ReorderHold reorder;
    final Playout playout;
    final JumpGuard guard;

    private final ReceiverFlowConfig config;
    private final ReceiverSink sink;
    private long highest = FIRST_POSITION - 1;
    private long highestArrivalNs;

    RecoveryWindow(ReceiverFlowConfig config, ReceiverSink sink, PayloadMemory memory) {
        this.config = config;
        this.sink = sink;
        this.ring = new RecoveryRing(MOST_SLOTS, memory);
        ring.startAt(FIRST_POSITION);
        this.missing = new MissingList(ring.maxSlots());
        this.requests = new RequestScheduler(config, missing, counters);
        this.reorder = new ReorderHold(config.reorderNs());
        this.playout = new Playout(config, ring, epochs, counters, sink);
        this.guard = new JumpGuard();
        counters.missingQueueMax = MOST_SLOTS_OF_16_BITS;
    }

    /** The newest position. */
    long highest() {
        return highest;
    }

    /** When the last original came. */
    long highestArrivalNs() {
        return highestArrivalNs;
    }

    /** The first position that requests make sense for: older numbers are in use again. */
    long firstAskable() {
        long span = SequenceUnwrapper.ofBits(epochs.current().sequenceBits).span();
        return Math.max(playout.cursor(), highest - (span - 1));
    }

    /**
     * How long after its due time a packet is still worth having: while its successor waits anyway,
     * but in a dense stream no longer than a tenth of the buffer, as in libRIST.
     */
    long graceNs() {
        long bufferNs = playout.bufferNs();
        return Math.clamp(2 * guard.intervalNs(), bufferNs / 10, bufferNs);
    }

    /** The newest packet of the flow, with or without a gap before it. */
    Verdict advance(
            long nowNs,
            int path,
            MediaPacket packet,
            FlowEpoch epoch,
            long position,
            long stampNs) {
        open(position, nowNs);
        epoch.learnNumber(packet, position);
        long sourceNs = epoch.timesByStamp(packet) ? stampNs : undelayedNs(epoch, packet);
        long gap = (position - highest) - 1;
        boolean stored = store(position, packet, sourceNs, epoch, path);
        long stepNs = Math.max(0, sourceNs - epoch.highestSourceNs) / (gap + 1);
        noteMissing(nowNs, packet, highest + 1, position, sourceNs, stepNs, 0);
        highest = position;
        epoch.highestSourceNs = sourceNs;
        epoch.onNewest(packet, stampNs);
        if (guard.drop()) {
            counters.droppedUnexpected++;
        }
        guard.onAdvance(position, packet.arrivalNs);
        if (!packet.retransmission) {
            requests.estimator().onOriginal(gap);
            onOriginal(nowNs, epoch, packet, position, sourceNs);
        }
        return stored ? Verdict.OK : Verdict.OVER_LIMIT;
    }

    /** Where the newest packet is in time when nothing delayed it. */
    long undelayedNs(FlowEpoch epoch, MediaPacket packet) {
        return Math.max(epoch.highestSourceNs, packet.arrivalNs - epoch.clock.offsetNs());
    }

    /** Anchors the clock anew on a packet whose sequence number continues the flow. */
    Verdict resume(long nowNs, int path, MediaPacket packet, long position, StartReason reason) {
        open(position, nowNs);
        long previous = highest;
        FlowEpoch before = epochs.current();
        long lateNs = reason == StartReason.AFTER_SILENCE ? latenessNs(before, packet) : 0;
        guard.resume(position, packet.arrivalNs, before.originals == 1);
        FlowEpoch epoch = begin(nowNs, packet, previous + 1, previous + 1, before.shift, reason);
        epoch.continueNumbers(before);
        epoch.learnNumber(packet, position);
        if (lateNs > 0) {
            epoch.clock.anchoredLate(lateNs);
        }
        return settle(nowNs, path, packet, epoch, position, 0);
    }

    /**
     * How late a packet is that ends a silence, by the clock from before it; 0 when that is too
     * long ago to tell.
     */
    private long latenessNs(FlowEpoch before, MediaPacket packet) {
        boolean tells =
                before.timesByStamp(packet) && packet.arrivalNs - highestArrivalNs < CLOCK_HOLDS_NS;
        return tells ? before.clock.latenessNs(packet.arrivalNs, before.stampNs(packet)) : 0;
    }

    /** Anchors sequence and clock on a packet. */
    Verdict anchor(long nowNs, int path, MediaPacket packet, StartReason reason) {
        long start = highest + 1;
        long position = start + (config.startRepair() ? ReceiverFlow.START_REPAIR_PACKETS : 0);
        open(position, nowNs);
        missing.clear();
        long shift = position - SequenceUnwrapper.ofBits(packet.sequenceBits).wire(packet.sequence);
        FlowEpoch epoch = begin(nowNs, packet, start, position, shift, reason);
        reception.restart(position - shift);
        guard.restart(position, packet.arrivalNs);
        return settle(nowNs, path, packet, epoch, position, MissingList.SOFT);
    }

    private FlowEpoch begin(
            long nowNs,
            MediaPacket packet,
            long start,
            long anchor,
            long shift,
            StartReason reason) {
        if (epochs.isFull()) {
            playout.flushBelow(epochs.secondStart(), nowNs);
            epochs.forgetBelow(epochs.secondStart());
        }
        if (!epochs.isEmpty()) {
            counters.flowResets++;
        }
        playout.onAnchor();
        boolean byArrival = config.timing() == Timing.ARRIVAL;
        FlowEpoch epoch = new FlowEpoch(start, anchor, shift, packet, byArrival, reason);
        epochs.begin(epoch);
        counters.missingQueueMax = mostSlots();
        return epoch;
    }

    private Verdict settle(
            long nowNs, int path, MediaPacket packet, FlowEpoch epoch, long position, int flags) {
        long sourceNs = epoch.byArrival ? packet.arrivalNs : epoch.newestNs;
        boolean stored = store(position, packet, sourceNs, epoch, path);
        noteMissing(nowNs, packet, epoch.start, position, sourceNs, guard.stepNs(), flags);
        highest = position;
        epoch.highestSourceNs = sourceNs;
        highestArrivalNs = packet.arrivalNs;
        guard.drop();
        if (config.timing() == Timing.RTC) {
            boolean sameClock =
                    epoch.reason == StartReason.FIRST_PACKET
                            || epoch.reason == StartReason.AFTER_SILENCE;
            wallClock.onAnchor(nowNs, epochs, playout.bufferNs(), sameClock);
        }
        onOriginal(nowNs, epoch, packet, position, sourceNs);
        sink.flowStarted(packet.flowId, epoch.reason);
        return stored ? Verdict.OK : Verdict.OVER_LIMIT;
    }

    /**
     * Notes what lies below a new packet as missing, since that packet came. Its places in time are
     * those of a steady stream that led to that packet.
     */
    private void noteMissing(
            long nowNs,
            MediaPacket packet,
            long first,
            long end,
            long endSourceNs,
            long stepNs,
            int flags) {
        if (first == end) {
            return;
        }
        long sinceNs = packet.arrivalNs;
        long askNs = sinceNs + reorder.holdNs(nowNs, playout.bufferNs());
        for (long position = Math.max(first, playout.cursor()); position < end; position++) {
            ring.expect(position, endSourceNs - ((end - position) * stepNs), sinceNs);
            requests.add(position, askNs, flags);
        }
    }

    /**
     * Opens the ring through a position. What is in the way is delivered early; of a gap that is
     * longer than the ring only the newest part is kept.
     */
    private void open(long position, long nowNs) {
        while (!ring.openThrough(position, playout.cursor(), mostSlots())) {
            if (playout.deliverEarly(nowNs)) {
                counters.earlyForNumbers++;
            } else {
                playout.skipTo(position - (mostSlots() / 2), nowNs);
            }
        }
    }

    /** Positions that may be open at a time. */
    private int mostSlots() {
        return epochs.isEmpty() || epochs.current().sequenceBits <= 16
                ? MOST_SLOTS_OF_16_BITS
                : MOST_SLOTS;
    }

    boolean store(long position, MediaPacket packet, long sourceNs, FlowEpoch epoch, int path) {
        while (!ring.store(position, packet, sourceNs, epoch.clockIndex(packet), path)) {
            if (!playout.deliverEarly(packet.arrivalNs)) {
                counters.droppedFull++;
                return false;
            }
            counters.earlyForMemory++;
        }
        playout.onStored(position);
        counters.received++;
        counters.receivedBytes += packet.payloadBytes;
        if (packet.retransmission) {
            counters.receivedRetransmissions++;
        }
        return true;
    }

    /** An original was accepted: it tells about clocks and loss. */
    void onOriginal(long nowNs, FlowEpoch epoch, MediaPacket packet, long position, long sourceNs) {
        epoch.originals++;
        reception.onOriginal(position - epoch.shift);
        if (epoch.timesByStamp(packet)) {
            long floorNs = playout.floorNs(nowNs, epoch);
            if (epoch.clock.onOriginal(packet.arrivalNs, sourceNs, playout.bufferNs(), floorNs)) {
                counters.clockResyncs++;
            }
            reception.onTransit(packet.arrivalNs, sourceNs);
        }
        if (epoch.originals > 1) {
            counters.onSpacing(Math.max(0, packet.arrivalNs - highestArrivalNs));
        }
        highestArrivalNs = Math.max(highestArrivalNs, packet.arrivalNs);
    }
}
