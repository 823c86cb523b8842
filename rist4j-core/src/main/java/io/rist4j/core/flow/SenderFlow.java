package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.rate.BitrateMeter;
import io.rist4j.core.time.SequenceUnwrapper;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The sending half of ARQ: numbers and stamps originals, keeps them for a while, and repeats what
 * receivers ask for. One flow goes over any number of paths: which of them an original takes is the
 * sink's affair; a repetition takes the path that the request came from.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.3 (sequence, timestamp and payload of a repetition equal the
 * original's; requests beyond what is held are ignored). libRIST: queues requests and serves the
 * queue every 5 ms. Ours: answers at once, under the same limits: one repetition per round trip and
 * packet, a number of them per packet, an age, and a bitrate ceiling; plus tail repair, see {@link
 * SenderSink#repeatLast}.
 *
 * <p>Memory follows what is held: about bitrate × {@link #historyNs}, at most {@link
 * SenderFlowConfig#maxMemoryBytes}. A request names the latest packet whose number has the bits
 * that it tells; with 16 bits only the latest 65 536 packets can be asked for.
 *
 * <p>Not thread-safe. Times in ns of the session clock. Allocates only while the history grows.
 */
public final class SenderFlow {
    /** A round trip of 250 ms at 1 000 packets a second, and no flood at any rate. */
    public static final int CATCH_UP_PACKETS = 256;

    /**
     * They are no older than this, in ns: a round trip of most networks. An address may take long
     * to prove itself, and a burst of more than the receiver's buffer is no beginning of a stream.
     */
    public static final long CATCH_UP_NS = 250 * SessionTime.MILLISECOND;

    /** MPEG-2 transport stream (RFC 3551 §6), as libRIST sends whatever the payload (trap T18). */
    private static final int PAYLOAD_TYPE = 33;

    private final SenderFlowConfig config;
    private final int flowId;
    private final SenderSink sink;
    private final SenderHistory history;
    private final long beginning;
    private final long mediaBaseNs;
    private final RetransmitGate gate;
    private final RetransmitCeiling ceiling;
    private final RequestBudget budget;
    private final TailRepair tail;
    private final NewestReported reported = new NewestReported();
    private final DeliveryReports deliveries = new DeliveryReports();
    private final SenderCounters counters = new SenderCounters();
    private final MediaPacket packet = new MediaPacket();
    private int[] peerOf = new int[1];
    private @Nullable PeerAnswers answers;
    private boolean anyPeer;
    private int firstPeer;
    private long lastSentNs;

    /**
     * A flow that has sent nothing.
     *
     * @param config its settings
     * @param flowId SSRC of its originals; even, for bit 0 marks repetitions
     * @param firstSequence sequence number of the first packet; its low 16 or 32 bits count
     * @param sink takes the packets; must not call back
     */
    public SenderFlow(SenderFlowConfig config, int flowId, long firstSequence, SenderSink sink) {
        if ((flowId & 1) != 0) {
            throw new IllegalArgumentException(
                    "flowId 0x%08x is odd; bit 0 marks retransmissions".formatted(flowId));
        }
        this.config = config;
        this.flowId = flowId;
        this.sink = sink;
        history =
                new SenderHistory(
                        firstSequence & ((1L << config.sequenceBits()) - 1),
                        config.sequenceBits(),
                        config.historyNs(),
                        config.bufferMaxNs(),
                        config.maxMemoryBytes());
        beginning = history.next();
        mediaBaseNs = config.timestampBaseNs();
        gate = new RetransmitGate(config);
        ceiling = new RetransmitCeiling(config);
        budget = new RequestBudget(config.rttMinNs());
        tail = new TailRepair(config.tailRepair(), config.bufferMaxNs());
        setRoundTrip(config.rttInitialNs(), 0);
    }

    /**
     * Sends an original. Its payload is copied before the call returns.
     *
     * @param nowNs session clock
     * @param sourceNs when the packet reached this host, on the session clock; becomes the media
     *     timestamp
     * @param buffer holds the payload
     * @param at where it begins
     * @param bytes its length, 0 or more
     * @return {@link Verdict#OK}, or {@link Verdict#OVER_LIMIT} when it is larger than the
     *     configured maximum; then nothing was sent and no number used
     */
    public Verdict send(long nowNs, long sourceNs, ByteBuffer buffer, int at, int bytes) {
        return send(nowNs, sourceNs, MediaPacket.WHOLE, buffer, at, bytes);
    }

    /**
     * Sends a part of a unit.
     *
     * @param nowNs as above
     * @param sourceNs as above
     * @param fragment which part, as {@link MediaPacket#fragment} says
     * @param buffer as above
     * @param at as above
     * @param bytes as above
     * @return as above
     */
    public Verdict send(
            long nowNs, long sourceNs, int fragment, ByteBuffer buffer, int at, int bytes) {
        Objects.checkFromIndexSize(at, bytes, buffer.limit());
        if (bytes > config.maxPayloadBytes()) {
            counters.oversized++;
            return Verdict.OVER_LIMIT;
        }
        long sequence = history.append(nowNs, sourceNs, fragment, buffer, at, bytes);
        counters.sent++;
        counters.sentBytes += bytes;
        ceiling.onOriginal(nowNs, bytes);
        tail.onOriginal(nowNs);
        lastSentNs = nowNs;
        load(sequence, false);
        sink.transmit(packet);
        return Verdict.OK;
    }

    /**
     * Answers a request for a run of packets, as far as they are held and may be repeated. Costs no
     * more than there are packets in the history, whatever the run claims (trap T15), and requests
     * that come faster than any receiver needs are dropped.
     *
     * @param nowNs session clock
     * @param path index of the path that the request came from, 0..63
     * @param first sequence number of the first packet
     * @param bits how many of its lowest bits are known, 16 or 32
     * @param additional how many follow it; negative numbers name nothing
     * @param rttNs smoothed round trip of that path
     * @param rttVariationNs its mean deviation
     */
    public void onMissing(
            long nowNs,
            int path,
            long first,
            int bits,
            int additional,
            long rttNs,
            long rttVariationNs) {
        Objects.checkIndex(path, PathTable.MAX_SENDING_PATHS);
        if (additional < 0) {
            return;
        }
        peerOf = PathArrays.reaching(path, peerOf);
        counters.requests++;
        counters.requested += additional + 1L;
        gate.onRequest(path, rttNs, rttVariationNs);
        budget.onRequest(nowNs, history.next() - history.oldest());
        // The latest packet of that number; what runs past the last packet sent comes round again,
        // as numbers do, to the oldest ones that can be named.
        long from = history.widen(first, bits);
        long round = SequenceUnwrapper.ofBits(bits).span();
        long held = repeat(nowNs, path, from, from + additional);
        held += repeat(nowNs, path, from - round, from - round + additional);
        long before = beforeBeginning(from, from + additional);
        if (before <= additional) {
            deliveries.onRequest(nowNs);
        }
        counters.beforeBeginning += before;
        counters.unknownSkipped += additional + 1L - held - before;
    }

    /**
     * How many of a run of widened numbers lie just before the first packet. A receiver that does
     * not know where a stream begins asks for them (start repair), and misses nothing.
     */
    private long beforeBeginning(long from, long to) {
        long first = Math.max(from, beginning - ReceiverFlow.START_REPAIR_PACKETS);
        return Math.max(0, Math.min(to, beginning - 1) - first + 1);
    }

    /**
     * Takes note of what a datagram asks for beyond what one datagram may.
     *
     * @param packets how many packets its ranges name further
     */
    public void onExcess(long packets) {
        counters.requested += packets;
        counters.excessSkipped += packets;
    }

    /** Repeats what is held of a run of widened numbers; answers how many are held. */
    private long repeat(long nowNs, int path, long from, long to) {
        long first = Math.max(from, history.oldest());
        long last = Math.min(to, history.next() - 1);
        if (first > last) {
            return 0;
        }
        long affordable = budget.take(last - first + 1);
        counters.excessSkipped += last - first + 1 - affordable;
        for (long sequence = first; sequence < first + affordable; sequence++) {
            repeat(nowNs, path, sequence);
        }
        return last - first + 1;
    }

    /**
     * Tells whose a path is, ahead of what it asks for: what was sent again to one peer serves no
     * other. Paths of which nothing is told lead to one peer.
     *
     * @param path its index, 0..63
     * @param peer the same number for all paths of one peer
     */
    public void setPeer(int path, int peer) {
        peerOf = PathArrays.reaching(path, peerOf);
        peerOf[path] = peer;
        if (!anyPeer) {
            anyPeer = true;
            firstPeer = peer;
        } else if (peer != firstPeer && answers == null) {
            answers = new PeerAnswers();
        }
    }

    private void repeat(long nowNs, int path, long sequence) {
        PeerAnswers each = answers;
        int place = each == null ? 0 : each.place(sequence, peerOf[path]);
        long resentNs =
                each == null
                        ? history.resentNs(sequence)
                        : each.sentNs(place, sequence, peerOf[path]);
        int retries =
                each == null
                        ? history.retries(sequence)
                        : each.times(place, sequence, peerOf[path]);
        int resentPath = each == null ? history.resentPath(sequence) : each.path(place);
        if (history.isExpired(nowNs, sequence)) {
            counters.expiredSkipped++;
        } else if (retries >= config.maxRetries()) {
            counters.exhaustedSkipped++;
        } else if (resentNs != SenderHistory.NOT_RESENT
                && !gate.admits(nowNs - resentNs, resentPath, path)) {
            counters.bloatSkipped++;
        } else if (!ceiling.admits(nowNs, path, history.payloadBytes(sequence))) {
            counters.bandwidthSkipped++;
        } else {
            history.onResent(nowNs, sequence, path);
            if (each != null) {
                each.onSent(nowNs, place, sequence, peerOf[path], path);
            }
            int bytes = history.payloadBytes(sequence);
            counters.retransmitted++;
            counters.retransmittedBytes += bytes;
            ceiling.onRetransmission(nowNs, path, bytes);
            load(sequence, true);
            sink.retransmit(packet, path);
        }
    }

    /**
     * Sends the originals of the last moments on a path of which only now is known that its peer is
     * there: the stream begins for it with those. No more than {@link #CATCH_UP_PACKETS}, the
     * latest, none older than {@link #CATCH_UP_NS}; what is older can be asked for.
     *
     * @param nowNs session clock
     * @param path index of the path, 0..63
     * @param sinceNs those whose source time is not before this
     */
    public void catchUp(long nowNs, int path, long sinceNs) {
        Objects.checkIndex(path, PathTable.MAX_PATHS);
        long next = history.next();
        long oldestNs = Math.max(sinceNs, nowNs - CATCH_UP_NS);
        for (long sequence = Math.max(history.oldest(), next - CATCH_UP_PACKETS);
                sequence < next;
                sequence++) {
            if (history.sourceNs(sequence) >= oldestNs && !history.isExpired(nowNs, sequence)) {
                ceiling.onCatchUp(nowNs, history.payloadBytes(sequence));
                load(sequence, false);
                sink.catchUp(packet, path);
            }
        }
    }

    /**
     * Tells the round trip to the receivers, for the spacing of tail repair; until then {@link
     * SenderFlowConfig#rttInitialNs} is assumed.
     *
     * @param smoothedNs smoothed round trip; the longest, when paths differ
     * @param variationNs its mean deviation
     */
    public void setRoundTrip(long smoothedNs, long variationNs) {
        tail.onRoundTrip(Math.clamp(smoothedNs, config.rttMinNs(), config.rttMaxNs()));
    }

    /**
     * Takes a reception report about this flow, by which tail repair learns whether the last packet
     * came. Reports that do not move with the stream are not believed (trap T6).
     *
     * @param nowNs session clock
     * @param path index of the path that brought it, 0..63
     * @param highestSequence its highest sequence number received
     * @param bits how many of its lowest bits are known, 16 or 32
     * @param cumulativeLost its count of originals that did not come
     */
    public void onReceptionReport(
            long nowNs, int path, long highestSequence, int bits, long cumulativeLost) {
        Objects.checkIndex(path, PathTable.MAX_SENDING_PATHS);
        long last = lastSequence();
        long newest = history.widen(highestSequence, bits);
        reported.onReport(nowNs, path, newest, last);
        deliveries.onReport(nowNs, path, newest, cumulativeLost);
        tail.onReport(reported.arrivalOf(nowNs, last));
    }

    /**
     * Tells that a path's peer is gone: its reports count no more.
     *
     * @param path index of the path, 0..63
     */
    public void onPathDown(int path) {
        reported.forget(path);
        deliveries.forget(path);
    }

    /**
     * Tells that a path was given up: another peer may have its index next.
     *
     * @param path its index, 0..63
     */
    public void onPathRemoved(int path) {
        reported.forget(path);
        deliveries.forget(path);
        ceiling.forget(path);
    }

    /**
     * Does what is due: repeats the last packet when the input paused.
     *
     * @param nowNs session clock
     */
    public void onDeadline(long nowNs) {
        long last = lastSequence();
        if (tail.takeDue(nowNs, reported.arrivalOf(nowNs, last)) && history.isHeld(last)) {
            counters.tailRepairs++;
            load(last, false);
            sink.repeatLast(packet);
        }
    }

    /**
     * Adds when {@link #onDeadline} next has work.
     *
     * @param wake takes it
     */
    public void wakes(Wake wake) {
        wake.at(tail.deadlineNs(), tail.slackNs(), "tail repair");
    }

    /**
     * An instant on the flow's media clock, as a packet with this source time would carry it: for
     * sender reports.
     *
     * @param sourceNs session clock
     */
    public long mediaNs(long sourceNs) {
        return mediaBaseNs + sourceNs;
    }

    /**
     * Tells how many bits of their numbers packets tell on some path: as many of the latest can be
     * asked for, as far as memory allows. A path may come to tell more; that another tells less
     * takes nothing away.
     *
     * @param bits 16 or 32
     */
    public void tellsBits(int bits) {
        history.tellsBits(bits);
    }

    /** Originals sent. */
    public long packetsSent() {
        return counters.sent;
    }

    /** Payload bytes of the originals sent. */
    public long octetsSent() {
        return counters.sentBytes;
    }

    /**
     * The number of the last original, widened: it does not wrap. One less than the first number
     * before anything was sent.
     */
    public long lastSequence() {
        return history.next() - 1;
    }

    /** What was done so far; the same object every time. */
    public SenderCounters counters() {
        counters.evictedForMemory = history.evictedForMemory();
        counters.evictedForNumbers = history.evictedForNumbers();
        return counters;
    }

    /** Rate of the originals, in payload bytes. */
    public BitrateMeter originalRate() {
        return ceiling.originals();
    }

    /** Rate of the repetitions, in payload bytes. */
    public BitrateMeter retransmissionRate() {
        return ceiling.retransmissions();
    }

    /**
     * Gives the memory of the history back: nothing can be asked for any more. What was counted
     * stays.
     */
    public void release() {
        history.release();
    }

    /** The flow id: SSRC of the originals. */
    public int flowId() {
        return flowId;
    }

    /** How long a packet is kept for repetition; what buffer negotiation announces. */
    public long historyNs() {
        return config.historyNs();
    }

    /** Packets held for repetition. */
    public long historyPackets() {
        return history.next() - history.oldest();
    }

    /** Payload bytes held for repetition. */
    public long historyBytes() {
        return history.heldBytes();
    }

    /** Memory taken for payloads, in bytes. */
    public long memoryBytes() {
        return history.slabBytes();
    }

    /**
     * Whether nothing is left that a receiver could still ask for in time: the last original is as
     * old as the longest recovery buffer, and so is what it could be repeated for.
     *
     * @param nowNs session clock
     */
    public boolean isDrained(long nowNs) {
        return nowNs >= drainedNs();
    }

    /** From when on {@link #isDrained} holds, if nothing more is sent; 0 when nothing was sent. */
    public long drainedNs() {
        return counters.sent == 0 ? 0 : lastSentNs + config.bufferMaxNs();
    }

    /**
     * From when on the receiver at a path needs nothing more of what was sent, as it reports; at
     * the latest from {@link #drainedNs} on.
     *
     * @param path index of the path, 0..63
     * @param rttNs the round trip to it
     */
    public long deliveredNs(int path, long rttNs) {
        return counters.sent == 0
                ? 0
                : Math.min(
                        drainedNs(),
                        deliveries.deliveredNs(path, lastSequence(), config.bufferMaxNs(), rttNs));
    }

    private void load(long sequence, boolean retransmission) {
        long sourceNs = history.sourceNs(sequence);
        packet.sequence = sequence;
        packet.sequenceBits = MediaPacket.ALL_BITS;
        packet.sourceNs = mediaNs(sourceNs);
        packet.fragment = history.fragment(sequence);
        packet.flowId = flowId;
        packet.retransmission = retransmission;
        packet.payloadType = PAYLOAD_TYPE;
        packet.buffer = history.buffer(sequence);
        packet.payloadAt = history.payloadAt(sequence);
        packet.payloadBytes = history.payloadBytes(sequence);
        packet.arrivalNs = sourceNs;
    }
}
