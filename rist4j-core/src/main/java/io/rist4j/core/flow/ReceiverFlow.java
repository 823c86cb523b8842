package io.rist4j.core.flow;

import io.rist4j.core.flow.ReceiverFlowConfig.Timing;
import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SequenceUnwrapper;
import io.rist4j.core.time.Wake;

/**
 * The receiving half of ARQ: orders packets of one flow over all its paths, asks for those that are
 * missing, and delivers each when it is due, one recovery buffer after the instant at which, by its
 * source time, an undelayed packet comes.
 *
 * <p>Feed it with {@link #onMedia}; call {@link #onDeadline} when {@link #wakes} tells. Deliveries
 * and requests leave from {@link #onDeadline} only, but for a buffer that is full: then {@link
 * #onMedia} delivers the oldest packets early rather than drop the newest.
 *
 * <p><b>Anchors.</b> The first original anchors the flow: its sequence number, and the offset
 * between the source's media clock and ours. The flow anchors anew when another flow takes its
 * place that has fallen silent, when it comes back from a silence longer than the buffer, and when
 * its numbers or timestamps jump. While the flow is live, one packet is not enough for that: see
 * {@link JumpGuard}. Nothing already received is lost by it: what waits in the buffer is still
 * delivered, in order and when it is due, and the new packets after it.
 *
 * <p><b>Lateness.</b> The newest packet is always played. An older one is played when its turn has
 * not passed, that is, until its successor is due, and when it is past its own due time by no more
 * than a tenth of the buffer or two packet intervals.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.3. libRIST: see {@link PlayoutClock}, {@link RequestScheduler} and
 * {@link BufferSizer} for the differences.
 *
 * <p>Not thread-safe. Allocation-free in steady state. All times in ns of the session clock.
 */
public final class ReceiverFlow {
    /** Largest payload accepted, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 65_507;

    /** How many packets before the first one start repair asks for. */
    public static final int START_REPAIR_PACKETS = 32;

    private final ReceiverFlowConfig config;
    private final ReceiverSink sink;
    private final RecoveryWindow window;
    private final Intake intake;
    private final Playout playout;
    private final RequestScheduler requests;
    private final BufferSizer sizer;
    private final FlowEpochs epochs;
    private final ReceiverCounters counters;
    private final RequestScheduler.Positions positions = new PositionsView();

    /**
     * A flow that has not anchored yet.
     *
     * @param config its settings
     * @param sink takes its effects
     */
    public ReceiverFlow(ReceiverFlowConfig config, ReceiverSink sink) {
        this(config, sink, PayloadMemory.ofOne(config.maxMemoryBytes()));
    }

    /**
     * The same, one of several.
     *
     * @param config its settings
     * @param sink takes its effects
     * @param memory for its payloads, and those of the other flows
     */
    public ReceiverFlow(ReceiverFlowConfig config, ReceiverSink sink, PayloadMemory memory) {
        this.config = config;
        this.sink = sink;
        this.window = new RecoveryWindow(config, sink, memory);
        this.intake = new Intake(window);
        this.playout = window.playout;
        this.requests = window.requests;
        this.epochs = window.epochs;
        this.counters = window.counters;
        this.sizer = new BufferSizer(config);
    }

    // ---- facts

    /**
     * A media packet came.
     *
     * @param nowNs the present
     * @param path the path that brought it, below {@link io.rist4j.core.path.PathTable#MAX_PATHS}
     * @param packet the packet; its payload is copied
     * @return {@link Verdict#OK} when it was new and in time, or is kept until the next packet
     *     decides about it; {@link Verdict#FOREIGN_FLOW} when it belongs to another flow while the
     *     present one is live: {@link #restart} would make way for it
     */
    public Verdict onMedia(long nowNs, int path, MediaPacket packet) {
        if (packet.payloadBytes < 0 || packet.payloadBytes > MAX_PAYLOAD_BYTES) {
            counters.droppedUnexpected++;
            return Verdict.OVER_LIMIT;
        }
        Verdict verdict = intake.onMedia(nowNs, path, packet);
        sizer.onMedia(nowNs);
        return verdict;
    }

    // ---- deadlines

    /**
     * Delivers and asks for what is due. Early calls are harmless.
     *
     * @param nowNs the present
     */
    public void onDeadline(long nowNs) {
        if (epochs.isEmpty()) {
            return;
        }
        epochs.current().clock.advance(nowNs);
        if (sizer.onDeadline(nowNs, requests.roundTripNs(), counters)) {
            playout.setBufferNs(sizer.targetNs());
            requests.setBufferNs(sizer.targetNs());
        }
        playout.onDeadline(nowNs);
        requests.onDeadline(nowNs, positions, sink);
        counters.missingQueue = window.missing.open();
    }

    /**
     * Adds when {@link #onDeadline} next has work: packets may be delivered within the playout
     * tolerance, requests grouped for a while.
     *
     * @param wake takes it
     */
    public void wakes(Wake wake) {
        if (!epochs.isEmpty()) {
            long toleranceNs = playout.toleranceNs();
            wake.at(playout.deadlineNs(), toleranceNs, toleranceNs, "playout");
            wake.at(requests.deadlineNs(), requests.slackNs(), "request");
        }
    }

    // ---- what others know

    /**
     * A sender report came; it places the media in {@link Timing#RTC}.
     *
     * @param nowNs the present
     * @param ntp its NTP-64 timestamp, wall clock
     * @param rtpTimestamp the same instant as a stamp of the media clock that the flow began with,
     *     32 bits
     */
    public void onSenderReport(long nowNs, long ntp, long rtpTimestamp) {
        if (config.timing() == Timing.RTC) {
            window.wallClock.onReport(ntp, rtpTimestamp, nowNs, epochs, playout.bufferNs());
        }
    }

    /**
     * Tells the wall clock, for {@link Timing#RTC}; may change at any time.
     *
     * @param wallMinusSessionNs nanoseconds since 1970 minus session time
     */
    public void setWallOffsetNs(long wallMinusSessionNs) {
        window.wallClock.setWallOffset(wallMinusSessionNs, epochs);
    }

    /**
     * Tells the round trip of the path that requests take.
     *
     * @param smoothedNs smoothed
     * @param variationNs mean deviation from it
     * @param leastNs the shortest seen; requests whose answer could not come in time even so are
     *     not made
     */
    public void setRoundTrip(long smoothedNs, long variationNs, long leastNs) {
        requests.setRoundTrip(smoothedNs, variationNs, leastNs);
    }

    /**
     * Tells how long the sender keeps what it sent; auto-sizing stays below it.
     *
     * @param ns 0 when the sender has not said
     */
    public void setSenderHistoryNs(long ns) {
        sizer.setSenderHistoryNs(ns);
    }

    /**
     * Chooses the recovery buffer. Once something was delivered the change is spread: the output
     * runs 1/8 faster or slower meanwhile. Auto-sizing, when it is on, goes on from there.
     *
     * @param ns the new length; taken into {@link ReceiverFlowConfig#MIN_BUFFER_NS}..{@link
     *     ReceiverFlowConfig#MAX_BUFFER_NS}
     */
    public void setBufferNs(long ns) {
        long bufferNs =
                Math.clamp(ns, ReceiverFlowConfig.MIN_BUFFER_NS, ReceiverFlowConfig.MAX_BUFFER_NS);
        sizer.setTargetNs(bufferNs);
        playout.setBufferNs(bufferNs);
        requests.setBufferNs(bufferNs);
    }

    /**
     * Ends the present flow: the next original anchors anew, whatever flow it belongs to. What is
     * in the buffer is still delivered. For a session that knows better than the flow, for example
     * that the peer said goodbye, or that a {@link Verdict#FOREIGN_FLOW} is the one wanted.
     *
     * @param reason what that anchor is to be called
     */
    public void restart(StartReason reason) {
        if (!epochs.isEmpty()) {
            intake.restart(reason);
            window.missing.clear();
        }
    }

    /**
     * Gives the memory of the buffer back, and with it what waits there: the last call but for
     * questions. What was counted stays.
     */
    public void release() {
        window.ring.release();
        window.missing.release();
    }

    // ---- questions

    /** The id of the flow in use; 0 before there is one. */
    public int flowId() {
        return epochs.isEmpty() ? 0 : epochs.current().flowId;
    }

    /** Whether the first packet has come. */
    public boolean isAnchored() {
        return !epochs.isEmpty();
    }

    /** How many bits of the flow's sequence numbers are known; 16 before there is one. */
    public int sequenceBits() {
        return epochs.isEmpty() ? 16 : epochs.current().sequenceBits;
    }

    /** Rate of the media clock that the flow began with, in Hz; 0 when the wire does not tell. */
    public long clockHz() {
        return epochs.isEmpty() ? 0 : epochs.current().clockHz;
    }

    /** Whether nothing waits to be played. */
    public boolean isDrained() {
        return playout.isEmpty();
    }

    /** The recovery buffer in use. */
    public long bufferNs() {
        return playout.bufferNs();
    }

    /** Where the recovery buffer is heading; what a receiver tells its sender. */
    public long targetBufferNs() {
        return playout.targetBufferNs();
    }

    /** Memory that payloads take. */
    public long payloadMemoryBytes() {
        return window.ring.payloadBytes();
    }

    /** What was counted so far. */
    public ReceiverCounters counters() {
        return counters;
    }

    /** What a reception report says. */
    public ReceptionStatistics reception() {
        return window.reception;
    }

    private final class PositionsView implements RequestScheduler.Positions {
        @Override
        public long cursor() {
            return window.firstAskable();
        }

        @Override
        public long played() {
            return playout.cursor();
        }

        @Override
        public long dueNs(long position) {
            return playout.dueNs(position);
        }

        @Override
        public long successorDueNs(long position) {
            return playout.successorDueNs(position);
        }

        @Override
        public long graceNs() {
            return window.graceNs();
        }

        @Override
        public long wire(long position) {
            FlowEpoch epoch = epochs.of(position);
            return SequenceUnwrapper.ofBits(epoch.sequenceBits).wire(epoch.number(position));
        }
    }
}
