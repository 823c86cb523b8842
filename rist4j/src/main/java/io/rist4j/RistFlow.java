package io.rist4j;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.host.PacketQueue;
import io.rist4j.session.ReceivingFlows;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * One flow of a {@link RistMultiReceiver}: its packets, in order, each once, with a recovery
 * buffer, a queue and statistics of its own.
 *
 * <p>Packets are taken as those of a {@link RistReceiver}. The stream ends when the flow has been
 * silent for the session timeout, when it is closed, or with the receiver; what is in the queue by
 * then can still be taken. A flow that comes again after that is a new one. Safe for use by several
 * threads, of which one at a time takes packets.
 */
public final class RistFlow implements AutoCloseable {
    private static final Duration WITHOUT_BOUND = Duration.ofNanos(Long.MAX_VALUE);

    private final HandleCore core;
    private final FlowTable table;
    private final RistFlowIdentity identity;
    private final int index;
    private final PeerTable peers;
    private final PacketOrigin origin = new Origin();
    private final long startedNs;
    private final Published<RistReceiverStats> stats;
    private HandleCore.@Nullable Output output;
    private @Nullable ReceiverQueue queue;
    private @Nullable PacketQueue packets;
    private volatile @Nullable ReceiverFlow flow;
    private volatile @Nullable RistReceiverStats last;
    private volatile boolean over;

    RistFlow(
            HandleCore core,
            FlowTable table,
            RistFlowIdentity identity,
            int index,
            PeerTable peers) {
        this.core = core;
        this.table = table;
        this.identity = identity;
        this.index = index;
        this.peers = peers;
        flow = receiving().flow(index);
        startedNs = core.pump().clock().nowNs();
        stats = core.publish(this::snapshot);
    }

    private ReceivingFlows receiving() {
        return core.host().session().receiving();
    }

    int index() {
        return index;
    }

    /** From now on packets come; without a handler they are queued. */
    void begin() {
        if (output == null) {
            var made = new PacketQueue(core.plan().queuePackets());
            var receiving = new ReceiverQueue(core, origin, made, peers);
            packets = made;
            queue = receiving;
            output = receiving;
        }
    }

    void deliver(MediaBlock block) {
        HandleCore.Output to = output;
        if (to != null && !over) {
            to.onBlock(block);
        }
    }

    void endRound() {
        HandleCore.Output to = output;
        if (to != null) {
            to.onRoundEnd();
        }
    }

    /** No more packets come. */
    void end() {
        if (!over) {
            last = snapshot();
            core.unpublish(stats);
            over = true;
            flow = null;
        }
        wakeTaker();
    }

    void wakeTaker() {
        PacketQueue waited = packets;
        if (waited != null) {
            waited.signalTaker();
        }
    }

    /** Whose flow it is. */
    public RistFlowIdentity identity() {
        return identity;
    }

    /** Its flow id: the media's SSRC with bit 0 clear. */
    public int flowId() {
        return identity.flowId();
    }

    /** Whether packets may still come. */
    public boolean isOpen() {
        return !isClosed();
    }

    /** What its packets come from, as who takes them needs to know it. */
    private final class Origin implements PacketOrigin {
        @Override
        public long bufferNs() {
            ReceiverFlow present = flow;
            return present == null ? core.host().session().shortestBufferNs() : present.bufferNs();
        }

        @Override
        public boolean isClosed() {
            return RistFlow.this.isClosed();
        }
    }

    boolean isClosed() {
        return over || core.isClosed();
    }

    /**
     * Takes packets on the network thread, without queue and copy. Only while {@link
     * RistMultiReceiver.Builder#onFlow} is being told of this flow; nothing can be taken by the
     * other methods then.
     *
     * @param takesBlocks called for each packet, in order
     * @throws IllegalStateException when the flow has begun already
     */
    public void onBlock(RistBlockHandler takesBlocks) {
        if (output != null || !core.pump().isPumpThread()) {
            throw new IllegalStateException(
                    "a flow's handler is set while onFlow is told of the flow");
        }
        output =
                new HandlerOutput(
                        core, origin, Objects.requireNonNull(takesBlocks), peers, this::retire);
    }

    private ReceiverQueue queue() {
        ReceiverQueue present = queue;
        if (present == null) {
            throw new IllegalStateException("packets go to the handler of this flow");
        }
        return present;
    }

    /**
     * Takes the next packet, waiting for it, as {@link RistReceiver#receive(ByteBuffer)}.
     *
     * @param target has room for the packet
     * @return its length; -1 at the end of the flow
     * @throws IOException as there
     */
    public int receive(ByteBuffer target) throws IOException {
        return queue().receive(target, WITHOUT_BOUND);
    }

    /**
     * Takes the next packet, waiting for it for a limited time, as {@link
     * RistReceiver#receive(ByteBuffer, Duration)}.
     *
     * @param target has room for the packet
     * @param timeout how long at most; zero takes what is there
     * @return its length; -1 at the end of the flow
     * @throws RistTimeoutException when none came in that time
     * @throws IOException as there
     */
    public int receive(ByteBuffer target, Duration timeout) throws IOException {
        return queue().receive(target, timeout);
    }

    /**
     * Takes the next packet with all that is known about it, waiting for it.
     *
     * @return the packet; null at the end of the flow
     * @throws IOException as {@link RistReceiver#receive(ByteBuffer)}
     */
    public @Nullable RistBlock receiveBlock() throws IOException {
        return queue().receiveBlock(WITHOUT_BOUND);
    }

    /**
     * Takes the next packet with all that is known about it, waiting for it for a limited time.
     *
     * @param timeout how long at most; zero takes what is there
     * @return the packet; null at the end of the flow
     * @throws RistTimeoutException when none came in that time
     * @throws IOException as {@link RistReceiver#receive(ByteBuffer)}
     */
    public @Nullable RistBlock receiveBlock(Duration timeout) throws IOException {
        return queue().receiveBlock(timeout);
    }

    /**
     * The payloads as a channel without packet boundaries, as {@link
     * RistReceiver#asReadableByteChannel}. Closing the channel closes the flow.
     */
    public ReadableByteChannel asReadableByteChannel() {
        return new ReceiverStream(queue(), this::close).channel();
    }

    /**
     * The payloads as a stream without packet boundaries, as {@link RistReceiver#asInputStream}.
     * Closing the stream closes the flow.
     */
    public InputStream asInputStream() {
        return new ReceiverStream(queue(), this::close);
    }

    /** The packets for one subscriber, by its demand, as {@link RistReceiver#asPublisher}. */
    public Flow.Publisher<RistBlock> asPublisher() {
        return queue().publisher();
    }

    /**
     * What happened since the flow began, or until it ended. Paths are those that brought it;
     * control datagrams and refused ones are counted for the whole port. As young as {@link
     * RistReceiver#stats} says.
     */
    public RistReceiverStats stats() {
        RistReceiverStats ended = last;
        return ended == null ? stats.read() : ended;
    }

    /** What the network thread published last, as {@link RistReceiver#latestStats}. */
    public RistReceiverStats latestStats() {
        RistReceiverStats ended = last;
        return ended == null ? stats.latest() : ended;
    }

    /** Its handler threw again and again: this flow ends, the others go on. */
    private void retire(Throwable why) {
        core.pump().execute(core.host(), () -> table.close(this));
    }

    private RistReceiverStats snapshot() {
        RistReceiverStats ended = last;
        return ended == null ? take() : ended;
    }

    private RistReceiverStats take() {
        return ReceiverSnapshot.take(
                core,
                Objects.requireNonNull(flow),
                isOpen(),
                startedNs,
                queue,
                row -> receiving().isBroughtBy(index, row));
    }

    /**
     * Closes this flow at once and leaves the others alone. What still comes of it is refused until
     * it has been silent for the session timeout; after that it may come again as a new one. What
     * is in the queue can still be taken.
     */
    @Override
    public void close() {
        core.calls().run(() -> table.close(this));
    }

    /** Flow id and peer, for logs. */
    @Override
    public String toString() {
        return "RistFlow[0x" + Integer.toHexString(flowId()) + " of " + identity.peer() + "]";
    }
}
