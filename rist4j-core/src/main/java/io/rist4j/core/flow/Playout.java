package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * Delivers what is in the recovery ring, in order and when it is due: source time, plus the epoch's
 * clock offset, plus the recovery buffer. A hole is skipped when its successor is due.
 *
 * <p>libRIST: an output thread every 5 ms. Ours: by deadline, and within a tolerance of it, so that
 * packets due close together share one wake-up.
 *
 * <p>Not thread-safe. Allocation-free.
 */
final class Playout {
    /** A change of the buffer's length is spread so that the output runs 1/8 faster or slower. */
    private static final int BUFFER_SLEW = 8;

    /** Weight of the past in the mean spacing, as a power of two. */
    private static final int SPACING_SHIFT = 4;

    private final long mostToleranceNs;
    private final RecoveryRing ring;
    private final FlowEpochs epochs;
    private final ReceiverCounters counters;
    private final ReceiverSink sink;
    private final MediaBlock block = new MediaBlock();
    private long cursor;
    private long head;
    private long bufferNs;
    private long targetBufferNs;
    private long slewedNs;
    private long skipped;
    private long spacingNs;
    private boolean delivering;

    Playout(
            ReceiverFlowConfig config,
            RecoveryRing ring,
            FlowEpochs epochs,
            ReceiverCounters counters,
            ReceiverSink sink) {
        this.mostToleranceNs = config.playoutToleranceNs();
        this.bufferNs = config.bufferStartNs();
        this.targetBufferNs = bufferNs;
        this.ring = ring;
        this.epochs = epochs;
        this.counters = counters;
        this.sink = sink;
        this.cursor = ring.end();
        this.head = cursor;
    }

    /** The next position to be played: everything below is over. */
    long cursor() {
        return cursor;
    }

    /** Whether nothing waits to be played. */
    boolean isEmpty() {
        return head >= ring.end();
    }

    /** A packet was stored. */
    void onStored(long position) {
        if (position < head || !ring.isPresent(head)) {
            head = ring.nextPresent(cursor);
        }
    }

    /** The recovery buffer in use. */
    long bufferNs() {
        return bufferNs;
    }

    /** Where the recovery buffer is heading. */
    long targetBufferNs() {
        return targetBufferNs;
    }

    /**
     * Changes the recovery buffer: at once while nothing is in it, in one step before the first
     * delivery, smoothly later.
     */
    void setBufferNs(long ns) {
        targetBufferNs = ns;
        if (!delivering && isEmpty()) {
            bufferNs = ns;
        }
    }

    /** A length of the buffer, longer where that one would make what waits overdue. */
    private long notOverdue(long nowNs, long ns) {
        if (ns >= bufferNs || isEmpty()) {
            return ns;
        }
        return Math.min(bufferNs, Math.max(ns, nowNs - (dueNs(head) - bufferNs)));
    }

    /** A flow begins, or begins again: with nothing in the buffer, its length changes at once. */
    void onAnchor() {
        if (isEmpty()) {
            bufferNs = targetBufferNs;
        }
    }

    /** When a position is due. */
    long dueNs(long position) {
        return ring.sourceNs(position) + epochs.of(position).offsetNs() + bufferNs;
    }

    /** When the next present packet after a position is due, or {@link SessionTime#NEVER}. */
    long successorDueNs(long position) {
        long next = position < head ? head : ring.nextPresent(position + 1);
        return next >= ring.end() ? SessionTime.NEVER : dueNs(next);
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    long deadlineNs() {
        if (isEmpty()) {
            return SessionTime.NEVER;
        }
        long shorterNs = delivering ? 0 : Math.max(0, bufferNs - targetBufferNs);
        return dueNs(head) - shorterNs;
    }

    /** The least clock offset by which nothing that an epoch has in the buffer is overdue. */
    long floorNs(long nowNs, FlowEpoch epoch) {
        long first = ring.nextPresent(Math.max(cursor, epoch.start));
        return first >= ring.end() ? Long.MIN_VALUE : nowNs - bufferNs - ring.sourceNs(first);
    }

    /**
     * How early or late a packet may be delivered: as far as packets are apart, so that at low
     * rates several still share a wake-up; half the configured most where they are closer together.
     */
    long toleranceNs() {
        return Math.max(mostToleranceNs / 2, Math.min(mostToleranceNs, spacingNs));
    }

    /**
     * Delivers what is due within the tolerance. What is due by the buffer's present length comes
     * first, so that a change of the length never makes a packet overdue.
     */
    void onDeadline(long nowNs) {
        deliverDue(nowNs);
        slew(nowNs);
        deliverDue(nowNs);
    }

    private void deliverDue(long nowNs) {
        long untilNs = nowNs + toleranceNs();
        while (!isEmpty() && dueNs(head) <= untilNs) {
            deliverHead(nowNs);
        }
    }

    private void slew(long nowNs) {
        long mostNs = delivering ? (nowNs - slewedNs) / BUFFER_SLEW : SessionTime.NEVER;
        slewedNs = nowNs;
        if (bufferNs == targetBufferNs) {
            return;
        }
        // However long ago the last call was, the change since then comes at once.
        long nextNs = bufferNs + Math.max(-mostNs, Math.min(mostNs, targetBufferNs - bufferNs));
        bufferNs = notOverdue(nowNs, nextNs);
    }

    /** Delivers the next packet before it is due, for want of room. Returns false when empty. */
    boolean deliverEarly(long nowNs) {
        head = ring.nextPresent(cursor);
        if (isEmpty()) {
            return false;
        }
        if (dueNs(head) > nowNs + toleranceNs()) {
            counters.deliveredEarly++;
        }
        deliverHead(nowNs);
        return true;
    }

    /** Gives up everything below a position that is above all that was received. */
    void skipTo(long position, long nowNs) {
        while (deliverEarly(nowNs)) {
            // what was received is played, early or not
        }
        if (!epochs.isEmpty() && epochs.current().begun) {
            skipped += position - cursor;
        }
        cursor = position;
        head = position;
    }

    /** Delivers everything below a position at once. */
    void flushBelow(long position, long nowNs) {
        while (head < position && !isEmpty()) {
            deliverEarly(nowNs);
        }
    }

    private void deliverHead(long nowNs) {
        long position = head;
        FlowEpoch epoch = epochs.of(position);
        ring.load(position, block);
        block.sequence = (position - epoch.shift) & 0xFFFF_FFFFL;
        block.flowId = epoch.flowId;
        block.dueNs = block.sourceNs + epoch.offsetNs() + bufferNs;
        block.flowStart = !epoch.begun;
        block.lostBefore = (int) Math.min(Integer.MAX_VALUE, holeBefore(position, epoch));
        if (block.lostBefore > 0) {
            counters.lost += block.lostBefore;
            counters.discontinuities++;
        }
        if (epoch.begun) {
            long apartNs = Math.max(0, block.sourceNs - epoch.deliveredSourceNs);
            spacingNs += (Math.min(apartNs, 2 * mostToleranceNs) - spacingNs) >> SPACING_SHIFT;
        }
        epoch.begun = true;
        epoch.deliveredSourceNs = block.sourceNs;
        epoch.clock.settle();
        delivering = true;
        counters.delivered++;
        counters.deliveredBytes += block.payloadBytes;
        counters.bufferTimeNs += Math.max(0, nowNs - block.arrivalNs);
        cursor = position + 1;
        head = ring.nextPresent(cursor);
        sink.deliver(block);
        ring.release(position);
        epochs.forgetBelow(cursor);
    }

    /** How many positions from the cursor on were expected and did not come. */
    private long holeBefore(long position, FlowEpoch epoch) {
        long from = epoch.begun ? cursor : Math.max(cursor, epoch.anchor);
        long hole = skipped + Math.max(0, position - from);
        skipped = 0;
        return hole;
    }
}
