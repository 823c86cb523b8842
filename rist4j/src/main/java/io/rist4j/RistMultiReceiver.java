package io.rist4j;

import io.rist4j.core.time.SessionTime;
import io.rist4j.session.Role;
import io.rist4j.session.SessionConfig;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Receives many flows on one port, or on several that are bonded: each sender's stream as a {@link
 * RistFlow} of its own.
 *
 * <pre>{@code
 * try (RistMultiReceiver port = RistMultiReceiver.listen("rist://@:5000")) {
 *     while (true) {
 *         RistFlow flow = port.accept();
 *         Thread.startVirtualThread(() -> record(flow.identity().cname(), flow.asInputStream()));
 *     }
 * }
 * }</pre>
 *
 * <p>Flows are told apart by their SSRC, on every profile; they may come from many peers or from
 * one, over one path each or several. A flow begins when a peer that has introduced himself brings
 * its media: once he has proved his address he may bring as many as there is room for, before that
 * a few. It ends when it has been silent for the session timeout, and may come again as a new one.
 * {@link Builder#admission} decides about peers, {@link Builder#flowAdmission} about flows.
 *
 * <p>Each flow takes memory for its recovery buffer and its queue, as a receiver does, as much as
 * is in them. The buffers of all flows together take {@link RistConfig#memoryMiB} for payloads at
 * most, and 352 KiB for each flow besides; 38 bytes of a packet come on top. A queue takes {@link
 * RistConfig#queuePackets} packets at most, all of them {@link Builder#maxFlows} times that: where
 * strangers may send, set these two so that the product fits. Safe for use by several threads.
 */
public final class RistMultiReceiver extends RistHandle {
    /** Most flows at a time that {@link Builder#maxFlows} takes. */
    public static final int MOST_FLOWS = SessionConfig.MOST_FLOWS;

    /** Most flows at a time unless {@link Builder#maxFlows} says otherwise. */
    public static final int DEFAULT_FLOWS = 256;

    private final FlowTable flows;
    private final Published<List<RistFlow>> present;
    private final Published<List<RistPathStats>> paths;
    private final Published<Long> unreadable;

    private RistMultiReceiver(HandleCore core, FlowTable flows) {
        super(core);
        this.flows = flows;
        present = core.publish(flows::present);
        paths =
                core.publish(() ->
                        PathSnapshots.take(core.host().session(), core.pump().clock().nowNs()));
        unreadable =
                core.publish(() ->
                        SessionStatistics.unreadableDatagrams(core.host().session().counters()));
    }

    /**
     * Waits for senders at these local addresses.
     *
     * @param uris one path or more, with {@code @}; several are bonded
     * @throws RistConfigException when a URL is malformed, dials, or contradicts another
     * @throws RistException when a socket cannot be opened
     */
    public static RistMultiReceiver listen(String... uris) throws IOException {
        return listen(UriSets.parse(uris));
    }

    /**
     * Waits for senders at these local addresses.
     *
     * @param uris one path or more, all of them listening
     * @throws RistException when a socket cannot be opened
     */
    public static RistMultiReceiver listen(List<RistUri> uris) throws IOException {
        return builder().paths(UriSets.require(true, uris)).open();
    }

    /**
     * Waits for senders at these local addresses.
     *
     * @param config the settings of every path
     * @param addresses one local address or more
     * @throws RistException when a socket cannot be opened
     */
    public static RistMultiReceiver listen(ReceiverConfig config, InetSocketAddress... addresses)
            throws IOException {
        return builder().paths(UriSets.of(true, config.asConfig(), addresses)).open();
    }

    /** Begins a receiver with a listener, an admission, a pump, or paths that listen and dial. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a receiver needs. Not thread-safe. */
    public static final class Builder extends HandleBuilder<Builder> {
        private int maxFlows = DEFAULT_FLOWS;
        private boolean endsWithPeers;
        private @Nullable Consumer<RistFlow> listener;
        private @Nullable Predicate<RistFlowIdentity> flowAdmission;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Limits the flows at a time; further ones are refused. Twice as many peers are taken in.
         *
         * @param flows 2..{@link #MOST_FLOWS}; {@link #DEFAULT_FLOWS} unless set
         */
        public Builder maxFlows(int flows) {
            if (flows < 2 || flows > MOST_FLOWS) {
                throw new RistConfigException(
                        "maxFlows",
                        "maxFlows " + flows + " is outside 2.." + MOST_FLOWS + " flows");
            }
            maxFlows = flows;
            return this;
        }

        /**
         * Takes flows as they come, in place of {@link #accept()}.
         *
         * @param takesFlows called on the network thread before a flow's first packet; must not
         *     block. It may set {@link RistFlow#onBlock}, or hand the flow to another thread
         */
        public Builder onFlow(Consumer<RistFlow> takesFlows) {
            listener = Objects.requireNonNull(takesFlows);
            return this;
        }

        /**
         * Closes the receiver, after it has played out what had arrived, when the last of its peers
         * has said goodbye or fallen silent for the session timeout.
         */
        public Builder endWithPeers() {
            endsWithPeers = true;
            return this;
        }

        /**
         * Decides which flows may come in, of peers that have come in. A refused one is asked about
         * again after it has been silent for the session timeout; {@link RistEvent.FlowRefused}
         * tells.
         *
         * @param decision called on the network thread; answers at once
         */
        public Builder flowAdmission(Predicate<RistFlowIdentity> decision) {
            flowAdmission = Objects.requireNonNull(decision);
            return this;
        }

        /**
         * Opens the sockets and begins. May wait for a name server.
         *
         * @throws RistConfigException when there is no path, or the paths contradict each other
         * @throws RistException when a host is unknown or a socket cannot be opened
         */
        public RistMultiReceiver open() throws IOException {
            SessionPlan plan = SessionPlan.of(Role.RECEIVER, paths(), users(), maxFlows);
            RistPump pump = ownPump();
            var peers = new PeerTable();
            HandleHooks hooks = hooks(flowAdmission);
            var core = new HandleCore(Role.RECEIVER, plan, pump, hooks, null, peers);
            var flows = new FlowTable(core, peers, maxFlows, listener);
            core.news().setOutput(flows);
            core.news().setFlows(flows);
            var receiver = new RistMultiReceiver(core, flows);
            if (endsWithPeers) {
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

    /**
     * Takes the next flow, waiting for it. Flows that wait to be taken lose no packets but those
     * that their queue has no room for. At most 256 wait: for another one that has ended makes way,
     * else the latest of whoever has more of them waiting than the newcomer would (by user,
     * network, address and port), else it is closed itself.
     *
     * @return the flow, which may have ended meanwhile
     * @throws RistClosedException when the receiver is closed
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public RistFlow accept() throws IOException {
        while (true) {
            RistFlow flow = flows.accept(SessionTime.NEVER);
            if (flow != null) {
                return flow;
            }
        }
    }

    /**
     * Takes the next flow, waiting for it for a limited time.
     *
     * @param timeout how long at most; zero takes what is there
     * @return the flow, which may have ended meanwhile; null when none came in that time
     * @throws IOException as {@link #accept()}
     */
    public @Nullable RistFlow accept(Duration timeout) throws IOException {
        return flows.accept(HandleCore.saturatedNs(timeout));
    }

    /** The flows that have not ended, accepted or not, the oldest place first. */
    public List<RistFlow> flows() {
        return present.read();
    }

    /**
     * How many flows were not handed out, and closed if they had not ended, because {@link
     * #accept()} was not called in time for them.
     */
    public long unacceptedFlows() {
        return flows.unaccepted();
    }

    /** Every path in use, of whatever flow. As young as {@link RistReceiver#stats} says. */
    public List<RistPathStats> pathStats() {
        return paths.read();
    }

    /**
     * Datagrams that make no sense on this profile, so far. As young as {@link RistReceiver#stats}
     * says.
     */
    public long unreadableDatagrams() {
        return unreadable.read();
    }

    /** Closes at once, and with it every flow; what is in their queues can still be taken. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
