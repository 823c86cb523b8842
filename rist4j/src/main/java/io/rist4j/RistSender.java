package io.rist4j;

import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.host.PacketQueue;
import io.rist4j.session.Role;
import io.rist4j.session.SenderFlowPlan;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a stream. What is sent becomes one packet for each call and keeps its boundaries; {@link
 * #asOutputStream} and {@link #asWritableByteChannel} cut a stream of bytes into packets.
 *
 * <pre>{@code
 * try (RistSender tx = RistSender.dial("rist://198.51.100.7:5000?buffer=500")) {
 *     tx.awaitConnected(Duration.ofSeconds(5));
 *     tx.send(payload);
 * }
 * }</pre>
 *
 * <p>Packets go out at the pace at which they are sent: this class does not slow down a program
 * that sends faster than real time. The moment of the call is the packet's media time, by which the
 * receiver spaces its output.
 *
 * <p>Calls from any thread but the network thread hand the payload over in a queue; when that is
 * full, {@link RistConfig#overflowPolicy} says what happens, by default the call waits. On the
 * network thread (in a listener or a handler) a payload is sent at once. A payload is copied before
 * the call returns. Safe for use by several threads; blocking calls suit virtual threads.
 *
 * <p>Paths dial or listen. A dialling sender sends at once, whether or not a peer answers. A
 * listening sender serves the first receiver that comes; on the Simple profile that works between
 * ends of this library only. Several paths are bonded: with weight 0 each carries everything (SMPTE
 * 2022-7), with other weights they share.
 */
public final class RistSender extends RistHandle {
    /** Largest payload of one packet, in bytes; 1,316, seven transport stream packets, is usual. */
    public static final int MAX_PAYLOAD_BYTES = SenderFlowConfig.MAX_PAYLOAD_BYTES;

    /** Payload of the packets that streams and channels are cut into: seven TS packets. */
    public static final int STREAM_PAYLOAD_BYTES = 1316;

    /** Longer than any recovery buffer: a close ends earlier, when nobody can ask any more. */
    private static final Duration UNTIL_DRAINED = Duration.ofMinutes(1);

    private final HandleCore core;
    private final SenderQueue queue;
    private final AtomicInteger flows = new AtomicInteger();
    private final Published<RistSenderStats> stats;

    private RistSender(HandleCore core, PacketQueue queue) {
        super(core);
        this.core = core;
        this.queue = new SenderQueue(core, 0, queue);
        long startedNs = core.pump().clock().nowNs();
        stats = core.publish(() -> SenderSnapshot.take(core, 0, startedNs, this.queue));
    }

    /**
     * Sends to peers at these addresses.
     *
     * @param uris one path or more, without {@code @}
     * @throws RistConfigException when a URL is malformed, listens, or contradicts another
     * @throws RistException when a host is unknown or a socket cannot be opened
     */
    public static RistSender dial(String... uris) throws IOException {
        return builder().paths(UriSets.require(false, UriSets.parse(uris))).open();
    }

    /**
     * Sends to peers at these addresses.
     *
     * @param uris one path or more, none of them listening
     * @throws RistException when a host is unknown or a socket cannot be opened
     */
    public static RistSender dial(List<RistUri> uris) throws IOException {
        return builder().paths(UriSets.require(false, uris)).open();
    }

    /**
     * Sends to peers at these addresses.
     *
     * @param config the settings of every path
     * @param addresses one path or more
     * @throws RistException when a host is unknown or a socket cannot be opened
     */
    public static RistSender dial(SenderConfig config, InetSocketAddress... addresses)
            throws IOException {
        return builder().paths(UriSets.of(false, config.asConfig(), addresses)).open();
    }

    /**
     * Waits for a receiver to dial in, and sends to it.
     *
     * @param uris one path or more, with {@code @}
     * @throws RistConfigException when a URL is malformed, dials, or contradicts another
     * @throws RistException when a socket cannot be opened
     */
    public static RistSender listen(String... uris) throws IOException {
        return builder().paths(UriSets.require(true, UriSets.parse(uris))).open();
    }

    /**
     * Waits for a receiver to dial in, and sends to it.
     *
     * @param uris one path or more, all of them listening
     * @throws RistException when a socket cannot be opened
     */
    public static RistSender listen(List<RistUri> uris) throws IOException {
        return builder().paths(UriSets.require(true, uris)).open();
    }

    /**
     * Waits for a receiver to dial in, and sends to it.
     *
     * @param config the settings of every path
     * @param addresses one local address or more
     * @throws RistException when a socket cannot be opened
     */
    public static RistSender listen(SenderConfig config, InetSocketAddress... addresses)
            throws IOException {
        return builder().paths(UriSets.of(true, config.asConfig(), addresses)).open();
    }

    /** Begins a sender with a listener, a pump, or paths that dial and listen. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a sender needs. Not thread-safe. */
    public static final class Builder extends HandleBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Opens the sockets and begins. May wait for a name server.
         *
         * @throws RistConfigException when there is no path, or the paths contradict each other
         * @throws RistException when a host is unknown or a socket cannot be opened
         */
        public RistSender open() throws IOException {
            SessionPlan plan = SessionPlan.of(Role.SENDER, paths(), users());
            var queue = new PacketQueue(plan.queuePackets());
            RistPump pump = ownPump();
            var core = new HandleCore(Role.SENDER, plan, pump, hooks(), queue, new PeerTable());
            var sender = new RistSender(core, queue);
            if (pump != null) {
                pump.add(sender);
                core.setAfterClose(() -> pump.remove(sender));
            }
            core.open();
            return sender;
        }
    }

    /**
     * Sends the remaining bytes of a buffer as one packet, and moves its position to its limit. An
     * empty buffer sends nothing.
     *
     * @param payload up to {@link #MAX_PAYLOAD_BYTES}
     * @throws IllegalArgumentException when the payload is larger
     * @throws RistOverflowException when the queue is full under {@link OverflowPolicy#FAIL}
     * @throws RistClosedException when the sender is closed
     * @throws java.io.InterruptedIOException when the thread is interrupted while it waits for room
     */
    public void send(ByteBuffer payload) throws IOException {
        queue.send(payload);
    }

    /**
     * Sends one packet, with a media time of its own.
     *
     * @param buffer holds the payload; position and limit are neither used nor changed
     * @param at where the payload begins
     * @param bytes its length, up to {@link #MAX_PAYLOAD_BYTES}; 0 sends nothing
     * @param sourceNs its media time on the clock of the network thread ({@link #nowNs()}), not in
     *     the future: when it was captured, or arrived
     * @throws IOException as {@link #send(ByteBuffer)}
     */
    public void send(ByteBuffer buffer, int at, int bytes, long sourceNs) throws IOException {
        queue.send(buffer, at, bytes, sourceNs);
    }

    /**
     * A channel whose bytes go out in packets of {@link #STREAM_PAYLOAD_BYTES}. What does not fill
     * a packet waits for more, and goes out when the channel is closed, which closes the sender
     * too.
     */
    public WritableByteChannel asWritableByteChannel() {
        return new SenderStream(this).channel();
    }

    /**
     * A stream whose bytes go out in packets of {@link #STREAM_PAYLOAD_BYTES}. What does not fill a
     * packet waits for more; {@link OutputStream#flush} sends it as it is. Closing the stream
     * flushes it and closes the sender.
     */
    public OutputStream asOutputStream() {
        return new SenderStream(this);
    }

    /**
     * Opens a further flow over the same paths and through the same tunnel, with an SSRC, a
     * history, a queue and statistics of its own; {@link RistConfig#maxBitrate} is the ceiling of
     * each. It ends with the sender. Receivers must take several flows of one tunnel, as {@link
     * RistMultiReceiver} does. Others go on with the first that they saw, or, like libRIST's, begin
     * anew with each packet: such a receiver wants a sender, and with it a tunnel, for each stream.
     *
     * @param virtualDestinationPort where its media goes inside the tunnel, even, 2..65534: what
     *     libRIST's tools call {@code stream-id}. The Simple profile has no such ports and ignores
     *     it
     * @throws RistConfigException when the port is out of range
     * @throws IllegalStateException when there are 256 flows
     * @throws RistClosedException when the sender is closed
     */
    public RistSenderFlow openFlow(int virtualDestinationPort) throws IOException {
        if (virtualDestinationPort < 2
                || virtualDestinationPort > 65_534
                || virtualDestinationPort % 2 != 0) {
            throw new RistConfigException(
                    "virtualDestinationPort",
                    "virtualDestinationPort "
                            + virtualDestinationPort
                            + " is not even and in 2..65534");
        }
        core.end().checkOpen();
        var packets = new PacketQueue(core.plan().queuePackets());
        SenderFlowPlan plan =
                core.plan().furtherFlow(flows.incrementAndGet(), virtualDestinationPort);
        core.addQueue(packets);
        return core.calls()
                .ask(
                        "openFlow",
                        () -> {
                            int index = core.host().openFlow(plan, packets);
                            return new RistSenderFlow(core, index, plan.flowId(), packets);
                        });
    }

    /**
     * Changes a path's share of the originals, from the next packet on.
     *
     * @param path its number in the statistics
     * @param weight 0..1,000,000; 0 sends every original on it
     * @throws RistConfigException when the weight is out of its range
     * @throws IllegalArgumentException when there is no such path
     */
    public void setWeight(int path, int weight) {
        PathParameters.WEIGHT.kind().check("weight", weight);
        core.calls()
                .ask(
                        "setWeight",
                        () -> {
                            core.host().session().setWeight(path, weight);
                            return path;
                        });
    }

    /**
     * Leaves null packets out, or no longer, from the next packet on.
     *
     * @param delete whether they are left out
     */
    public void setNullPacketDeletion(boolean delete) {
        core.calls()
                .ask(
                        "setNullPacketDeletion",
                        () -> {
                            core.host().session().setNullPacketDeletion(delete);
                            return delete;
                        });
    }

    /**
     * What happened since the sender opened. Never waits for long: of this moment, or, on a network
     * thread and while the sender's is held up by a handler, about a second old at most. Allocates.
     */
    public RistSenderStats stats() {
        return stats.read();
    }

    /**
     * What the network thread published last: about a second old at most. Never waits, not for a
     * moment either, and disturbs nobody: for whoever looks often or at many. Nothing before the
     * first second, but that it is there.
     */
    public RistSenderStats latestStats() {
        return stats.latest();
    }

    /**
     * What happened since an earlier snapshot: counters are differences, the rest is as it is now.
     *
     * @param earlier a snapshot of this sender; it may itself be since another one
     * @throws IllegalArgumentException when it is another one's, as far as that shows: it was taken
     *     later
     */
    public RistSenderStats statsSince(RistSenderStats earlier) {
        return stats().since(earlier);
    }

    /**
     * Closes after an orderly end: what is queued is sent, and requests are answered until no peer
     * can still ask. That is at the latest one recovery buffer ({@link
     * RistConfig#recoveryBufferMax}) after the last packet; at once or within a tenth of a second
     * or two where every peer that is there reports that it has the last packet and lost none
     * lately; at once where no peer is there any more; and half a second after the opening where
     * nobody has ever answered, since until then somebody may be about to. Receivers of libRIST do
     * not report what they have, and are waited for. Waits for that, but not on the network thread.
     */
    @Override
    public void close() {
        close(UNTIL_DRAINED);
    }
}
