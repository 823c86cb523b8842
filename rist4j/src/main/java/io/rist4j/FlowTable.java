package io.rist4j;

import io.rist4j.core.flow.MediaBlock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The flows of a receiver by index, and those that wait to be accepted. */
final class FlowTable implements HandleCore.Output, HandleCore.FlowListener {
    /** So many flows wait to be accepted; for more, some are closed ({@link WaitingFlows}). */
    static final int MOST_WAITING = 256;

    private final HandleCore core;
    private final PeerTable peers;
    private final @Nullable Consumer<RistFlow> listener;
    private final UserCode code;

    // of the network thread, but for the elements' publication by the lock
    private final @Nullable RistFlow[] flows;
    private final int[] delivered;
    private final boolean[] isDelivered;
    private int deliveredCount;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitingFlows<RistFlow> waiting =
            new WaitingFlows<>(MOST_WAITING, RistFlow::isClosed);

    FlowTable(
            HandleCore core, PeerTable peers, int capacity, @Nullable Consumer<RistFlow> listener) {
        this.core = core;
        this.peers = peers;
        this.listener = listener;
        code = core.userCode("listener of flows");
        flows = new RistFlow[capacity];
        delivered = new int[capacity];
        isDelivered = new boolean[capacity];
    }

    @Override
    public void onBlock(MediaBlock block) {
        RistFlow flow = flows[block.flow];
        if (flow == null) {
            return; // delivered before the flow could be told of: its buffer was full at once
        }
        flow.deliver(block);
        if (!isDelivered[block.flow]) {
            isDelivered[block.flow] = true;
            delivered[deliveredCount++] = block.flow;
        }
    }

    @Override
    public void onRoundEnd() {
        while (deliveredCount > 0) {
            int index = delivered[--deliveredCount];
            isDelivered[index] = false;
            RistFlow flow = flows[index];
            if (flow != null) {
                flow.endRound();
            }
        }
    }

    @Override
    public void onFlowOpened(int index, RistFlowIdentity identity) {
        if (core.host().session().receiving().flow(index) == null) {
            return; // made room for another before it was told of
        }
        var flow = new RistFlow(core, this, identity, index, peers);
        flows[index] = flow;
        Consumer<RistFlow> to = listener;
        if (to == null) {
            flow.begin();
            await(flow);
            return;
        }
        code.run("at " + flow, () -> to.accept(flow));
        flow.begin();
    }

    private void await(RistFlow flow) {
        RistFlowIdentity identity = flow.identity();
        InetSocketAddress peer = identity.peer();
        RistFlow without;
        lock.lock();
        try {
            without =
                    waiting.add(
                            flow,
                            Addresses.endpoint(peer.getAddress(), peer.getPort()),
                            identity.user());
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (without != null) {
            close(without);
        }
    }

    @Override
    public void onFlowEnded(int index) {
        RistFlow flow = flows[index];
        if (flow != null) {
            flows[index] = null;
            flow.end();
        }
    }

    /** Ends a flow that has not ended yet. On the network thread, or after the session's end. */
    void close(RistFlow flow) {
        if (flows[flow.index()] == flow) {
            flow.end();
            core.host().session().receiving().close(flow.index());
            flows[flow.index()] = null;
        }
    }

    @Override
    public void onClosed() {
        for (RistFlow flow : flows) {
            if (flow != null) {
                flow.wakeTaker();
            }
        }
        wake();
    }

    /** The next flow, null when there is none in that time or, after the end, at all. */
    @Nullable RistFlow accept(long timeoutNs) throws IOException {
        if (listener != null) {
            throw new IllegalStateException("flows go to the listener of this receiver");
        }
        long leftNs = timeoutNs;
        try {
            lock.lockInterruptibly();
            try {
                RistFlow next = waiting.take();
                while (next == null) {
                    core.end().checkOpen();
                    if (leftNs <= 0) {
                        return null;
                    }
                    NetworkThreadCalls.mayWait(
                            "accept", "take flows with onFlow, or with a timeout of zero");
                    leftNs = changed.awaitNanos(leftNs);
                    next = waiting.take();
                }
                return next;
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw HandleCore.interruption("waiting for a flow", interrupted);
        }
    }

    /** Wakes whoever waits for a flow, so that he sees the end. */
    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long unaccepted() {
        lock.lock();
        try {
            return waiting.displaced();
        } finally {
            lock.unlock();
        }
    }

    /** Those that have not ended. On the network thread, or after the session's end. */
    List<RistFlow> present() {
        return Arrays.stream(flows).filter(Objects::nonNull).toList();
    }
}
