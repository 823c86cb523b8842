package io.rist4j.bench.flow;

import io.rist4j.core.flow.SenderFlow;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.flow.SenderSink;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * One packet through the sending half: into the history and out, and with a request for an earlier
 * one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SenderFlowMedia {
    private static final long PERIOD_NS = 105_263;
    private static final long ROUND_TRIP_NS = 30_000_000;
    private static final int WIRE_BITS = 16;
    private static final int PAYLOAD_BYTES = 1316;
    private static final int PREFILL = 12_000;
    private static final int BACK = 400;

    private final Sink sink = new Sink();
    private final Wake wake = new Wake();
    private final SenderFlow flow =
            new SenderFlow(SenderFlowConfig.builder().build(), 0x1234_5678, 0, sink);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    private long nowNs;

    /** JMH makes one. */
    public SenderFlowMedia() {}

    /** Fills the history of one second. */
    @Setup(Level.Trial)
    public void fill() {
        flow.setRoundTrip(ROUND_TRIP_NS, 0);
        for (int i = 0; i < PREFILL; i++) {
            send();
        }
    }

    /** An original. */
    @Benchmark
    public Verdict send() {
        nowNs += PERIOD_NS;
        wake.clear();
        flow.wakes(wake);
        if (wake.deadlineNs() <= nowNs) {
            flow.onDeadline(nowNs);
        }
        return flow.send(nowNs, nowNs, payload, 0, PAYLOAD_BYTES);
    }

    /** An original, and one repetition of the packet sent 42 ms before. */
    @Benchmark
    public long sendAndRepeat() {
        send();
        flow.onMissing(nowNs, 0, flow.lastSequence() - BACK, WIRE_BITS, 0, ROUND_TRIP_NS, 0);
        return sink.bytes;
    }

    private static final class Sink implements SenderSink {
        private long bytes;

        @Override
        public void transmit(MediaPacket packet) {
            bytes += packet.payloadBytes;
        }

        @Override
        public void retransmit(MediaPacket packet, int path) {
            bytes += packet.payloadBytes;
        }

        @Override
        public void repeatLast(MediaPacket packet) {
            bytes += packet.payloadBytes;
        }
    }
}
