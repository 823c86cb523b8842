package io.rist4j.bench.flows;

import io.rist4j.RistSender;
import io.rist4j.RistSenderStats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Senders, each of one flow, and a thread that feeds all of them. */
final class SenderEnds implements Ends {
    private static final int MOST_FLOWS = 65_536;

    /** The thread looks once a millisecond what is due. */
    private static final long TICK_NS = 1_000_000;

    private static final double SECOND_NS = 1e9;

    private final FlowsPlan plan;
    private final Pumps pumps;
    private final Map<Integer, RistSender> senders = new TreeMap<>();
    private final AtomicLongArray sent = new AtomicLongArray(MOST_FLOWS);
    private Thread generator = new Thread("bench-none");
    private volatile boolean sending;

    SenderEnds(FlowsPlan plan) {
        this.plan = plan;
        pumps = new Pumps(plan.pumps());
    }

    @Override
    public void open(int first, int count) throws IOException {
        for (int flow = first; flow < first + count; flow++) {
            RistSender sender =
                    RistSender.builder().path(plan.senderUrl(flow)).pump(pumps.of(flow)).open();
            senders.put(flow, sender);
        }
    }

    @Override
    public int count() {
        return senders.size();
    }

    @Override
    public int awaitConnected(int seconds) throws InterruptedException {
        return Waiting.forPeers(senders.values(), seconds);
    }

    @Override
    public void media(double packetsPerSecond) {
        sending = true;
        RistSender[] all = senders.values().toArray(RistSender[]::new);
        int[] flows = senders.keySet().stream().mapToInt(flow -> flow).toArray();
        generator = new Thread(() -> generate(all, flows, packetsPerSecond), "bench-media");
        generator.start();
    }

    /** The flows take turns, so that their packets are evenly spread. */
    private void generate(RistSender[] all, int[] flows, double packetsPerSecond) {
        ByteBuffer payload = ByteBuffer.allocate(RistSender.STREAM_PAYLOAD_BYTES);
        double perNs = packetsPerSecond * all.length / SECOND_NS;
        long startNs = System.nanoTime();
        long done = 0;
        int turn = 0;
        while (sending) {
            long due = (long) ((System.nanoTime() - startNs) * perNs);
            for (; done < due; done++) {
                payload.clear();
                try {
                    all[turn].send(payload);
                } catch (IOException closed) {
                    throw new UncheckedIOException(closed);
                }
                sent.lazySet(flows[turn], sent.getPlain(flows[turn]) + 1);
                turn = turn + 1 == all.length ? 0 : turn + 1;
            }
            LockSupport.parkNanos(TICK_NS);
        }
    }

    @Override
    public void stop() throws InterruptedException {
        sending = false;
        generator.join();
    }

    @Override
    public long[] packets() {
        long[] packets = new long[senders.isEmpty() ? 0 : lastFlow() + 1];
        for (int flow = 0; flow < packets.length; flow++) {
            packets[flow] = sent.get(flow);
        }
        return packets;
    }

    @Override
    public Pumps pumps() {
        return pumps;
    }

    @Override
    public List<RistSenderStats> stats() {
        return senders.values().stream().map(RistSender::latestStats).toList();
    }

    private int lastFlow() {
        return senders.keySet().stream().mapToInt(flow -> flow).max().orElse(-1);
    }

    @Override
    public void close() {
        sending = false;
        senders.values().forEach(RistSender::close);
        senders.clear();
    }
}
