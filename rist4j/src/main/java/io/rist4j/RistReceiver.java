package io.rist4j;

import io.rist4j.host.PacketQueue;
import io.rist4j.net.DatagramPort;
import io.rist4j.session.Role;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * Receives a stream: packets in order, each once, spaced as at the source, one recovery buffer
 * after they were sent, so that lost ones could come again meanwhile.
 *
 * <pre>{@code
 * try (RistReceiver rx = RistReceiver.listen("rist://@:5000?buffer=500")) {
 *     ByteBuffer packet = ByteBuffer.allocate(RistReceiver.MAX_PAYLOAD_BYTES);
 *     while (rx.receive(packet.clear()) >= 0) {
 *         process(packet.flip());
 *     }
 * }
 * }</pre>
 *
 * <p>Packets are taken in one of these ways: as bytes of one packet ({@link #receive}), as {@link
 * RistBlock}s with all their properties ({@link #receiveBlock}), as a stream of bytes ({@link
 * #asInputStream}, {@link #asReadableByteChannel}), by demand ({@link #asPublisher}), or on the
 * network thread without a queue and a copy ({@link Builder#onBlock}). All but the last go through
 * a queue; when the application is so slow that it fills, {@link RistConfig#overflowPolicy} says
 * what is dropped, by default the oldest packet. The session never waits for the application.
 *
 * <p>When the receiver is closed, what was put out by then can still be taken; after that comes the
 * end of the stream. A silent peer does not end it, unless {@link Builder#endWithPeer} says so.
 *
 * <p>Paths listen or dial. A dialling receiver asks a listening sender for its stream; on the
 * Simple profile that works between ends of this library only. Several paths are bonded: their
 * packets are merged. Safe for use by several threads, of which one at a time takes packets;
 * blocking calls suit virtual threads.
 */
public final class RistReceiver extends RistHandle {
    /** No packet's payload is larger, in bytes, whoever sent it. */
    public static final int MAX_PAYLOAD_BYTES = DatagramPort.MAX_DATAGRAM_BYTES;

    private static final Duration WITHOUT_BOUND = Duration.ofNanos(Long.MAX_VALUE);

    private final @Nullable ReceiverQueue queue;
    private final Published<RistReceiverStats> stats;

    private RistReceiver(HandleCore core, @Nullable ReceiverQueue queue) {
        super(core);
        this.queue = queue;
        long startedNs = core.pump().clock().nowNs();
        stats =
                core.publish(() ->
                        ReceiverSnapshot.take(
                                core,
                                core.host().session().receiving().only(),
                                core.isConnected(),
                                startedNs,
                                queue,
                                path -> true));
    }

    /**
     * Waits for senders at these local addresses.
     *
     * @param uris one path or more, with {@code @}
     * @throws RistConfigException when a URL is malformed, dials, or contradicts another
     * @throws RistException when a socket cannot be opened
     */
    public static RistReceiver listen(String... uris) throws IOException {
        return builder().paths(UriSets.require(true, UriSets.parse(uris))).open();
    }

    /**
     * Waits for senders at these local addresses.
     *
     * @param uris one path or more, all of them listening
     * @throws RistException when a socket cannot be opened
     */
    public static RistReceiver listen(List<RistUri> uris) throws IOException {
        return builder().paths(UriSets.require(true, uris)).open();
    }

    /**
     * Waits for senders at these local addresses.
     *
     * @param config the settings of every path
     * @param addresses one local address or more
     * @throws RistException when a socket cannot be opened
     */
    public static RistReceiver listen(ReceiverConfig config, InetSocketAddress... addresses)
            throws IOException {
        return builder().paths(UriSets.of(true, config.asConfig(), addresses)).open();
    }

    /**
     * Asks the senders at these addresses for their stream.
     *
     * @param uris one path or more, without {@code @}
     * @throws RistConfigException when a URL is malformed, listens, or contradicts another
     * @throws RistException when a host is unknown or a socket cannot be opened
     */
    public static RistReceiver dial(String... uris) throws IOException {
        return builder().paths(UriSets.require(false, UriSets.parse(uris))).open();
    }

    /**
     * Asks the senders at these addresses for their stream.
     *
     * @param uris one path or more, none of them listening
     * @throws RistException when a host is unknown or a socket cannot be opened
     */
    public static RistReceiver dial(List<RistUri> uris) throws IOException {
        return builder().paths(UriSets.require(false, uris)).open();
    }

    /**
     * Asks the senders at these addresses for their stream.
     *
     * @param config the settings of every path
     * @param addresses one path or more
     * @throws RistException when a host is unknown or a socket cannot be opened
     */
    public static RistReceiver dial(ReceiverConfig config, InetSocketAddress... addresses)
            throws IOException {
        return builder().paths(UriSets.of(false, config.asConfig(), addresses)).open();
    }

    /** Begins a receiver with a handler, a listener, a pump, or paths that listen and dial. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a receiver needs. Not thread-safe. */
    public static final class Builder extends HandleBuilder<Builder> {
        private @Nullable RistBlockHandler handler;
        private boolean endsWithPeer;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Takes packets on the network thread, without queue and copy. Nothing can be taken by the
         * receiver's methods then.
         *
         * @param takesBlocks called for each packet, in order
         */
        public Builder onBlock(RistBlockHandler takesBlocks) {
            handler = takesBlocks;
            return this;
        }

        /**
         * Closes the receiver, after it has played out what had arrived, when its peer says goodbye
         * or falls silent for the session timeout: the stream has an end then, as a file has.
         */
        public Builder endWithPeer() {
            endsWithPeer = true;
            return this;
        }

        /**
         * Opens the sockets and begins. May wait for a name server.
         *
         * @throws RistConfigException when there is no path, or the paths contradict each other
         * @throws RistException when a host is unknown or a socket cannot be opened
         */
        public RistReceiver open() throws IOException {
            SessionPlan plan = SessionPlan.of(Role.RECEIVER, paths(), users());
            RistBlockHandler toHandler = handler;
            var packets = toHandler == null ? new PacketQueue(plan.queuePackets()) : null;
            RistPump pump = ownPump();
            var peers = new PeerTable();
            var core = new HandleCore(Role.RECEIVER, plan, pump, hooks(), packets, peers);
            ReceiverQueue queue = null;
            if (packets != null) {
                queue = new ReceiverQueue(core, core, packets, peers);
                core.news().setOutput(queue);
            } else if (toHandler != null) {
                core.news().setOutput(new HandlerOutput(core, core, toHandler, peers, core::fail));
            }
            var receiver = new RistReceiver(core, queue);
            if (endsWithPeer) {
                core.news().setEndsWithPeer();
            }
            if (pump != null) {
                pump.add(receiver);
                core.setAfterClose(() -> pump.remove(receiver));
            }
            core.open();
            return receiver;
        }
    }

    private ReceiverQueue queue() {
        ReceiverQueue packets = queue;
        if (packets == null) {
            throw new IllegalStateException("packets go to the handler of this receiver");
        }
        return packets;
    }

    /**
     * Takes the next packet, waiting for it. Its bytes go to the buffer's position, which moves
     * behind them.
     *
     * @param target has room for the packet; {@link #MAX_PAYLOAD_BYTES} is enough for any
     * @return its length; -1 at the end of the stream
     * @throws java.nio.BufferOverflowException when there is not enough room; the packet stays
     * @throws RistOverflowException when packets were dropped under {@link OverflowPolicy#FAIL};
     *     the next call goes on
     * @throws RistClosedException when the session failed
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public int receive(ByteBuffer target) throws IOException {
        return queue().receive(target, WITHOUT_BOUND);
    }

    /**
     * Takes the next packet, waiting for it for a limited time.
     *
     * @param target has room for the packet
     * @param timeout how long at most; zero takes what is there
     * @return its length; -1 at the end of the stream
     * @throws RistTimeoutException when none came in that time
     * @throws IOException as {@link #receive(ByteBuffer)}
     */
    public int receive(ByteBuffer target, Duration timeout) throws IOException {
        return queue().receive(target, timeout);
    }

    /**
     * Takes the next packet with all that is known about it, waiting for it.
     *
     * @return the packet; null at the end of the stream
     * @throws IOException as {@link #receive(ByteBuffer)}
     */
    public @Nullable RistBlock receiveBlock() throws IOException {
        return queue().receiveBlock(WITHOUT_BOUND);
    }

    /**
     * Takes the next packet with all that is known about it, waiting for it for a limited time.
     *
     * @param timeout how long at most; zero takes what is there
     * @return the packet; null at the end of the stream
     * @throws RistTimeoutException when none came in that time
     * @throws IOException as {@link #receive(ByteBuffer)}
     */
    public @Nullable RistBlock receiveBlock(Duration timeout) throws IOException {
        return queue().receiveBlock(timeout);
    }

    /**
     * The payloads as a channel without packet boundaries: a read waits for one packet, then takes
     * what else is there and fits. Closing the channel closes the receiver.
     */
    public ReadableByteChannel asReadableByteChannel() {
        return new ReceiverStream(queue(), this::close).channel();
    }

    /**
     * The payloads as a stream without packet boundaries: a read waits for one packet, then takes
     * what else is there and fits. Closing the stream closes the receiver.
     */
    public InputStream asInputStream() {
        return new ReceiverStream(queue(), this::close);
    }

    /**
     * The packets for one subscriber at a time, by its demand and by the rules of Reactive Streams.
     * Live media does not wait: what is not asked for in time is dropped by the overflow policy,
     * and {@link RistBlock#droppedBefore} tells. The end of the stream completes the subscription.
     * Cancelling it leaves the receiver open, interrupts nobody, and lets another subscribe; a
     * second subscriber beside one is refused. A subscriber that throws has cancelled: that is
     * logged, and its {@code onError} told. It is called on a virtual thread of its own.
     */
    public Flow.Publisher<RistBlock> asPublisher() {
        return queue().publisher();
    }

    /**
     * What happened since the receiver opened. Never waits for long: of this moment, or, on a
     * network thread and while the receiver's is held up by a handler, about a second old at most.
     * Allocates.
     */
    public RistReceiverStats stats() {
        return stats.read();
    }

    /**
     * What the network thread published last: about a second old at most. Never waits, not for a
     * moment either, and disturbs nobody: for whoever looks often or at many. Nothing before the
     * first second, but that it is there.
     */
    public RistReceiverStats latestStats() {
        return stats.latest();
    }

    /**
     * What happened since an earlier snapshot: counters are differences, the rest is as it is now.
     *
     * @param earlier a snapshot of this receiver; it may itself be since another one
     * @throws IllegalArgumentException when it is another one's, as far as that shows: it was taken
     *     later
     */
    public RistReceiverStats statsSince(RistReceiverStats earlier) {
        return stats().since(earlier);
    }

    /**
     * Closes at once: what is still in the recovery buffer is given up, what is in the queue can
     * still be taken.
     */
    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
