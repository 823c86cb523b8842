package io.rist4j.core.flow;

import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.SequenceUnwrapper;
import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/**
 * Judges each packet that comes: whether it moves the flow on, fills a gap, is a copy, is too late,
 * or contradicts the flow. What contradicts a live flow is held until a second packet bears it out.
 *
 * <p>A packet is old, and dropped, when its timestamp is up to {@link #STALE_NS} behind the newest
 * and its number at or below the window.highest(): so nothing is played twice when a slow path
 * outlives a fast one, and the flow never anchors on the past. A sender that started again with its
 * old SSRC shows by newer timestamps on old numbers, or by timestamps that are far off.
 *
 * <p>Not thread-safe. Allocation-free in steady state.
 */
final class Intake {
    /** Copies of one packet may differ by so much, when a sender stamps each as it leaves. */
    private static final long SAME_STAMP_NS = 20 * SessionTime.MILLISECOND;

    /** Packets stamped within so much before the newest one are old, not the sign of a restart. */
    private static final long STALE_NS = 10 * SessionTime.SECOND;

    /** Later than this is no delay but another clock. */
    private static final long LATE_MOST_NS = 10 * SessionTime.SECOND;

    /** Within this distance numbers alone decide: packets overtake, and timestamps may too. */
    private static final long NEAR = 64;

    /** Earlier than the buffer, or than this, is no network that got faster but another clock. */
    private static final long EARLY_LEAST_NS = SessionTime.SECOND / 2;

    private final RecoveryWindow window;
    private final RecoveryRing ring;
    private final FlowEpochs epochs;
    private final Playout playout;
    private final JumpGuard guard;
    private final ReceiverCounters counters;
    private @Nullable StartReason restartReason;

    Intake(RecoveryWindow window) {
        this.window = window;
        this.ring = window.ring;
        this.epochs = window.epochs;
        this.playout = window.playout;
        this.guard = window.guard;
        this.counters = window.counters;
    }

    /** The next original anchors anew. */
    void restart(StartReason reason) {
        restartReason = reason;
    }

    /** A media packet came. */
    Verdict onMedia(long nowNs, int path, MediaPacket packet) {
        StartReason pending = epochs.isEmpty() ? StartReason.FIRST_PACKET : restartReason;
        if (pending != null && !packet.retransmission) {
            restartReason = null;
            return window.anchor(nowNs, path, packet, pending);
        }
        if (epochs.isEmpty()) {
            counters.droppedUnexpected++;
            return Verdict.LATE;
        }
        FlowEpoch epoch = epochs.current();
        if (packet.flowId != epoch.flowId) {
            return onForeign(nowNs, path, packet);
        }
        long position = position(epoch, packet);
        if (packet.clockHz != epoch.clockHz) {
            mapClock(epoch, packet, position);
        }
        long stampNs = stampNs(epoch, packet, position);
        if (position > window.highest()) {
            return onAhead(nowNs, path, packet, epoch, position, stampNs);
        }
        if (position < epoch.start) {
            return onEarlier(nowNs, path, packet, epoch, position, stampNs);
        }
        return onWithin(nowNs, path, packet, epoch, position, stampNs);
    }

    /**
     * The position that a packet of the present epoch means: the nearest to the highest one. Where
     * that is not near and the timestamp says otherwise, the one on the other side, for at high
     * rates a buffer holds more than half of all 16-bit numbers. A retransmission lies behind,
     * unless a sender repeats its last packet that way.
     */
    private long position(FlowEpoch epoch, MediaPacket packet) {
        SequenceUnwrapper sequences = SequenceUnwrapper.ofBits(epoch.bits(packet));
        long reference = epoch.number(window.highest());
        long wide = sequences.nearest(packet.sequence, reference);
        long distance = wide - reference;
        long newerNs = epoch.needsNumber(packet) ? 0 : epoch.stampNs(packet) - epoch.newestNs;
        if (packet.retransmission) {
            wide -= distance > 0 && newerNs <= 0 ? sequences.span() : 0;
        } else if (distance > NEAR && newerNs < 0) {
            wide -= sequences.span();
        } else if (distance < -NEAR && newerNs > 0) {
            wide += sequences.span();
        }
        return epoch.position(wide);
    }

    /**
     * The instant of a packet on its epoch's clock. Where stamps begin anew within a recovery
     * buffer, of all instants that its stamp may mean the one that its number leads to.
     */
    private long stampNs(FlowEpoch epoch, MediaPacket packet, long position) {
        if (!epoch.needsNumber(packet) || !epoch.timesByStamp(packet)) {
            return epoch.stampNs(packet);
        }
        long ahead = position - window.highest();
        if (ahead > NEAR) {
            return epoch.stampNs(packet, packet.arrivalNs - epoch.clock.offsetNs());
        }
        return epoch.stampNs(
                packet,
                ahead > 0
                        ? epoch.highestSourceNs + ahead * guard.intervalNs()
                        : ring.sourceNs(position));
    }

    /**
     * Learns from an original how another clock stands to the epoch's, which its arrival tells;
     * anew when it does not run as fast as it says.
     */
    private void mapClock(FlowEpoch epoch, MediaPacket packet, long position) {
        if (packet.retransmission || epoch.byArrival || position < epoch.start) {
            return;
        }
        if (epoch.timesByStamp(packet)) {
            long placeNs = stampNs(epoch, packet, position);
            long latenessNs = epoch.clock.latenessNs(packet.arrivalNs, placeNs);
            if (latenessNs > playout.bufferNs() || !isOnClock(epoch, packet, placeNs)) {
                epoch.doubt(packet);
            }
        }
        epoch.onArrival(
                packet,
                position > window.highest()
                        ? window.undelayedNs(epoch, packet)
                        : packet.arrivalNs - epoch.clock.offsetNs());
    }

    /** A packet from before the anchor, which is another epoch's when its numbers ran on. */
    private Verdict onEarlier(
            long nowNs,
            int path,
            MediaPacket packet,
            FlowEpoch epoch,
            long position,
            long stampNs) {
        FlowEpoch owner = epochs.of(position);
        if (owner == epoch || owner.shift != epoch.shift || owner.flowId != epoch.flowId) {
            return onStrange(nowNs, path, packet, epoch, stampNs, Verdict.LATE);
        }
        return onWithin(nowNs, path, packet, owner, position, stampNs(owner, packet, position));
    }

    private Verdict onWithin(
            long nowNs,
            int path,
            MediaPacket packet,
            FlowEpoch epoch,
            long position,
            long stampNs) {
        if (ring.isPresent(position)) {
            return onSecond(nowNs, path, packet, epoch, position, stampNs);
        }
        if (position < playout.cursor()) {
            return onStrange(nowNs, path, packet, epoch, stampNs, Verdict.LATE);
        }
        return onMissing(nowNs, path, packet, epoch, position, stampNs);
    }

    private Verdict onAhead(
            long nowNs,
            int path,
            MediaPacket packet,
            FlowEpoch epoch,
            long position,
            long stampNs) {
        long gap = (position - window.highest()) - 1;
        long elapsedNs = packet.arrivalNs - window.highestArrivalNs();
        long aheadNs = Math.max(elapsedNs, leadNs(epoch, packet, stampNs));
        if (!isOnClock(epoch, packet, stampNs) || !guard.isPlausible(gap, aheadNs)) {
            return onImplausible(nowNs, path, packet);
        }
        if (isSilent(elapsedNs) && playout.isEmpty() && !packet.retransmission) {
            return window.resume(nowNs, path, packet, position, StartReason.AFTER_SILENCE);
        }
        return window.advance(nowNs, path, packet, epoch, position, stampNs);
    }

    /**
     * How much later than the newest packet this one was sent: one that came by a faster path is so
     * much ahead.
     */
    private long leadNs(FlowEpoch epoch, MediaPacket packet, long stampNs) {
        return epoch.timesByStamp(packet) ? stampNs - epoch.highestSourceNs : 0;
    }

    /** A second packet with the number of one that is here or was played. */
    private Verdict onSecond(
            long nowNs,
            int path,
            MediaPacket packet,
            FlowEpoch epoch,
            long position,
            long stampNs) {
        if (isCopy(packet, epoch, position, stampNs)) {
            if (ring.clock(position) != epoch.clockIndex(packet)) {
                epoch.onCopy(
                        packet,
                        stampNs,
                        ring.clock(position),
                        ring.timestamp(position),
                        ring.sourceNs(position));
            }
            counters.duplicates++;
            if (packet.retransmission) {
                window.requests.onSurplus(position);
            } else {
                window.reorder.onLate(nowNs, packet.arrivalNs - ring.arrivalNs(position));
            }
            return Verdict.DUPLICATE;
        }
        return onStrange(nowNs, path, packet, epoch, stampNs, Verdict.MISPLACED);
    }

    /**
     * Whether a packet is the one that is here already. How two clocks stand to each other may not
     * be known exactly yet: copies show it.
     */
    private boolean isCopy(MediaPacket packet, FlowEpoch epoch, long position, long stampNs) {
        if (ring.clock(position) == epoch.clockIndex(packet)) {
            long hertz = packet.clockHz > 0 ? packet.clockHz : MediaClock.USUAL_HZ;
            long firstNs = MediaClock.sourceNs(ring.timestamp(position), hertz);
            return Math.abs(MediaClock.apartNs(packet.sourceNs, firstNs, hertz)) <= SAME_STAMP_NS;
        }
        long apartNs = Math.abs(stampNs - ring.sourceNs(position));
        return !epoch.timesByStamp(packet)
                || apartNs <= Math.max(playout.bufferNs(), EARLY_LEAST_NS);
    }

    /** A packet that waits for its turn, and was not here yet. */
    private Verdict onMissing(
            long nowNs,
            int path,
            MediaPacket packet,
            FlowEpoch epoch,
            long position,
            long stampNs) {
        long sourceNs = epoch.timesByStamp(packet) ? stampNs : ring.sourceNs(position);
        long halfNs = playout.bufferNs() / 2;
        if (sourceNs > epoch.highestSourceNs + halfNs
                || (epoch.begun && sourceNs < epoch.deliveredSourceNs - halfNs)) {
            return onStrange(nowNs, path, packet, epoch, stampNs, Verdict.MISPLACED);
        }
        if (epoch.offsetNs() + sourceNs + playout.bufferNs() + window.graceNs() < nowNs) {
            window.requests.giveUp(position);
            counters.droppedLate++;
            return Verdict.LATE;
        }
        long notedNs = ring.arrivalNs(position);
        epoch.learnNumber(packet, position);
        if (!window.store(position, packet, sourceNs, epoch, path)) {
            return Verdict.OVER_LIMIT;
        }
        window.requests.onFilled(nowNs, position, packet.retransmission);
        if (!packet.retransmission) {
            counters.reordered++;
            window.reorder.onLate(nowNs, packet.arrivalNs - notedNs);
            window.onOriginal(nowNs, epoch, packet, position, sourceNs);
        }
        return Verdict.OK;
    }

    /** Whether the packet's timestamp fits the epoch's clock. */
    private boolean isOnClock(FlowEpoch epoch, MediaPacket packet, long stampNs) {
        if (!epoch.timesByStamp(packet)) {
            return true;
        }
        long latenessNs = epoch.clock.latenessNs(packet.arrivalNs, stampNs);
        return latenessNs <= LATE_MOST_NS
                && latenessNs >= -Math.max(playout.bufferNs(), EARLY_LEAST_NS);
    }

    /** Whether so long without an original means that the flow is dead. */
    private boolean isSilent(long elapsedNs) {
        return elapsedNs > guard.silenceNs(playout.bufferNs());
    }

    // ---- packets that contradict the flow

    /**
     * A packet that has no place in the flow: an old one, which is dropped, or the first sign that
     * the sender started again with its old SSRC.
     */
    private Verdict onStrange(
            long nowNs,
            int path,
            MediaPacket packet,
            FlowEpoch epoch,
            long stampNs,
            Verdict verdict) {
        long behindNs = epoch.newestNs - stampNs;
        long staleNs = Math.max(STALE_NS, 2 * playout.bufferNs());
        boolean stale = behindNs >= 0 && behindNs < staleNs;
        if (packet.retransmission
                || (stale && packet.arrivalNs - window.highestArrivalNs() < staleNs)) {
            if (verdict == Verdict.LATE) {
                counters.droppedLate++;
            } else {
                counters.droppedUnexpected++;
            }
            return verdict;
        }
        return onImplausible(nowNs, path, packet);
    }

    private Verdict onForeign(long nowNs, int path, MediaPacket packet) {
        FlowEpoch epoch = epochs.current();
        boolean silent = isSilent(packet.arrivalNs - window.highestArrivalNs());
        if ((epoch.originals > 1 && !silent) || packet.retransmission) {
            counters.droppedForeign++;
            return Verdict.FOREIGN_FLOW;
        }
        return onImplausible(nowNs, path, packet);
    }

    /** Holds the packet until another one bears it out; at once when the flow is not live. */
    private Verdict onImplausible(long nowNs, int path, MediaPacket packet) {
        if (packet.retransmission) {
            counters.droppedUnexpected++;
            return Verdict.MISPLACED;
        }
        if (guard.isCopy(packet)) {
            counters.duplicates++;
            return Verdict.DUPLICATE;
        }
        long bufferNs = playout.bufferNs();
        if (guard.isConfirmedBy(packet, Math.max(bufferNs, EARLY_LEAST_NS))) {
            MediaPacket first = guard.held();
            guard.drop();
            adopt(nowNs, guard.heldPath(), first);
            return onMedia(nowNs, path, packet);
        }
        if (isSilent(packet.arrivalNs - window.highestArrivalNs())) {
            return adopt(nowNs, path, packet);
        }
        if (guard.drop()) {
            counters.droppedUnexpected++;
        }
        guard.hold(packet, path);
        return Verdict.OK;
    }

    /** Takes a packet that contradicts the flow for true: as a long gap, or by anchoring on it. */
    private Verdict adopt(long nowNs, int path, MediaPacket packet) {
        FlowEpoch epoch = epochs.current();
        if (packet.flowId != epoch.flowId) {
            return window.anchor(nowNs, path, packet, StartReason.NEW_SOURCE);
        }
        long position = position(epoch, packet);
        long stampNs = stampNs(epoch, packet, position);
        long elapsedNs = packet.arrivalNs - window.highestArrivalNs();
        boolean silent = isSilent(elapsedNs) && playout.isEmpty();
        StartReason reason = silent ? StartReason.AFTER_SILENCE : StartReason.JUMP;
        long gap = (position - window.highest()) - 1;
        if (position <= window.highest() || !guard.isConceivable(gap, elapsedNs)) {
            return window.anchor(nowNs, path, packet, reason);
        }
        if (silent || !isOnClock(epoch, packet, stampNs)) {
            return window.resume(nowNs, path, packet, position, reason);
        }
        return window.advance(nowNs, path, packet, epoch, position, stampNs);
    }
}
