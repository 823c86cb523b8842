package io.rist4j.bench.flows;

import io.rist4j.RistBlockHandler;
import io.rist4j.RistFlow;
import io.rist4j.RistHandle;
import io.rist4j.RistMultiReceiver;
import io.rist4j.RistReceiver;
import io.rist4j.RistReceiverStats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;

/** Receivers of one flow each, or of many, that count what comes out. */
final class ReceiverEnds implements Ends {
    private final FlowsPlan plan;
    private final Pumps pumps;
    private final List<RistHandle> receivers = new ArrayList<>();
    private final Queue<RistFlow> flows = new ConcurrentLinkedQueue<>();
    private AtomicLongArray received = new AtomicLongArray(0);

    ReceiverEnds(FlowsPlan plan) {
        this.plan = plan;
        pumps = new Pumps(plan.pumps());
    }

    @Override
    public void open(int first, int count) throws IOException {
        received = new AtomicLongArray(first + count);
        int step = plan.flowsPerPort() == 0 ? 1 : plan.flowsPerPort();
        for (int flow = first; flow < first + count; flow += step) {
            receivers.add(plan.flowsPerPort() == 0 ? one(flow) : many(flow, receivers.size()));
        }
    }

    private RistReceiver one(int flow) throws IOException {
        return RistReceiver.builder()
                .path(plan.receiverUrl(flow))
                .pump(pumps.of(flow))
                .onBlock(counting(flow))
                .open();
    }

    private RistMultiReceiver many(int first, int turn) throws IOException {
        return RistMultiReceiver.builder()
                .path(plan.receiverUrl(first))
                .pump(pumps.of(turn))
                .maxFlows(Math.max(2, plan.flowsPerPort()))
                .onFlow(this::count)
                .open();
    }

    private void count(RistFlow flow) {
        flows.add(flow);
        flow.onBlock(counting(FlowsPlan.flow(flow.flowId())));
    }

    private RistBlockHandler counting(int flow) {
        AtomicLongArray counts = received;
        return block -> counts.lazySet(flow, counts.getPlain(flow) + 1);
    }

    @Override
    public int count() {
        return receivers.size();
    }

    @Override
    public int awaitConnected(int seconds) throws InterruptedException {
        return Waiting.forPeers(receivers, seconds);
    }

    @Override
    public void media(double packetsPerSecond) {
        throw new IllegalStateException("receivers send nothing");
    }

    @Override
    public void stop() {
        // nothing to stop
    }

    @Override
    public long[] packets() {
        long[] packets = new long[received.length()];
        for (int flow = 0; flow < packets.length; flow++) {
            packets[flow] = received.get(flow);
        }
        return packets;
    }

    @Override
    public Pumps pumps() {
        return pumps;
    }

    @Override
    public List<RistReceiverStats> stats() {
        return Stream.concat(
                        receivers.stream()
                                .filter(RistReceiver.class::isInstance)
                                .map(receiver -> ((RistReceiver) receiver).latestStats()),
                        flows.stream().map(RistFlow::latestStats))
                .toList();
    }

    @Override
    public void close() {
        receivers.forEach(RistHandle::close);
        receivers.clear();
    }
}
