package io.rist4j.bench.flow;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.ReceiverSink;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.Wake;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * One packet through the receiving half: into the ring, and the one that is due out of it. With
 * loss, lost packets come 30 ms after they were asked for, and asking is part of the cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReceiverFlowMedia {
    private static final long PERIOD_NS = 105_263;
    private static final long ROUND_TRIP_NS = 30_000_000;
    private static final int PAYLOAD_BYTES = 1316;
    private static final int PREFILL = 12_000;

    /** Share of packets that do not come at once. */
    @Param({"0", "10"})
    public int lossPercent;

    private final Sink sink = new Sink();
    private final ReceiverFlow flow = new ReceiverFlow(ReceiverFlowConfig.defaults(), sink);
    private final MediaPacket packet = new MediaPacket();
    private final Wake wake = new Wake();
    private long nowNs;
    private long sequence;
    private long random = 88_172_645_463_325_252L;

    /** JMH makes one. */
    public ReceiverFlowMedia() {}

    /** Fills the buffer of one second. */
    @Setup(Level.Trial)
    public void fill() {
        packet.payloadType = 33;
        packet.flowId = 0x1234_5678;
        packet.buffer = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
        packet.payloadBytes = PAYLOAD_BYTES;
        flow.setRoundTrip(ROUND_TRIP_NS, 0, ROUND_TRIP_NS);
        for (int i = 0; i < PREFILL; i++) {
            media();
        }
    }

    /** What a packet costs, those that were lost included. */
    @Benchmark
    public long media() {
        nowNs += PERIOD_NS;
        sequence++;
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        if (Long.remainderUnsigned(random, 100) >= lossPercent) {
            receive(sequence, false);
        }
        while (sink.repairs() > 0 && sink.nextDueNs() <= nowNs) {
            receive(sink.takeRepair(), true);
        }
        wake.clear();
        flow.wakes(wake);
        if (wake.deadlineNs() <= nowNs) {
            sink.nowNs = nowNs;
            flow.onDeadline(nowNs);
        }
        return sink.delivered;
    }

    private void receive(long number, boolean retransmission) {
        packet.sequence = number & 0xFFFF;
        packet.setStamp(number * PERIOD_NS * 9 / 100_000, 90_000);
        packet.retransmission = retransmission;
        packet.arrivalNs = nowNs;
        flow.onMedia(nowNs, 0, packet);
    }

    /** Counts, and remembers what was asked for until it comes. */
    private static final class Sink implements ReceiverSink {
        private static final int SLOTS = 1 << 14;

        private final long[] asked = new long[SLOTS];
        private final long[] dueNs = new long[SLOTS];
        private int head;
        private int tail;
        private long nowNs;
        private long delivered;

        int repairs() {
            return head - tail;
        }

        long nextDueNs() {
            return dueNs[tail & (SLOTS - 1)];
        }

        long takeRepair() {
            return asked[tail++ & (SLOTS - 1)];
        }

        @Override
        public void deliver(MediaBlock block) {
            delivered++;
        }

        @Override
        public void request(long sequence, int attempt) {
            asked[head & (SLOTS - 1)] = sequence;
            dueNs[head++ & (SLOTS - 1)] = nowNs + ROUND_TRIP_NS;
        }

        @Override
        public void endRequests() {}

        @Override
        public void flowStarted(int flowId, StartReason reason) {}
    }
}
