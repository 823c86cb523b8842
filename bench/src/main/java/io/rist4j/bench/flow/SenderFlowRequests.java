package io.rist4j.bench.flow;

import io.rist4j.core.flow.SenderFlow;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.flow.SenderSink;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * What requests cost a sender flow with a full history of 2 s. Every operation sends one original
 * first, for time has to pass.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SenderFlowRequests {
    private static final int WIRE_BITS = 16;
    private static final int PAYLOAD_BYTES = 1316;
    private static final long PACKET_NS = 1_000_000_000L / 9_500;
    private static final long RTT_NS = 50_000_000;
    private static final int ASKED = 4;

    private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    private final Sum sum = new Sum();
    private final SenderFlow flow = flow();
    private long nowNs;

    /** JMH makes one. */
    public SenderFlowRequests() {}

    private SenderFlow flow() {
        SenderFlowConfig config = SenderFlowConfig.builder().maxBitrate(10_000_000_000L).build();
        return new SenderFlow(config, 2, 0, sum);
    }

    /** A history that has stopped growing. */
    @Setup
    public void fill() {
        for (int i = 0; i < 40_000; i++) {
            send();
        }
    }

    private Verdict send() {
        nowNs += PACKET_NS;
        return flow.send(nowNs, nowNs, payload, 0, PAYLOAD_BYTES);
    }

    /** A request for four packets that are sent again. */
    @Benchmark
    public long repeatFour() {
        send();
        flow.onMissing(nowNs, 0, flow.lastSequence() - 500, WIRE_BITS, ASKED - 1, RTT_NS, 0);
        return sum.packets;
    }

    /** The same request twice, the second of which is refused packet by packet. */
    @Benchmark
    public long repeatFourAndRefuseFour() {
        send();
        flow.onMissing(nowNs, 0, flow.lastSequence() - 500, WIRE_BITS, ASKED - 1, RTT_NS, 0);
        flow.onMissing(nowNs, 0, flow.lastSequence() - 500, WIRE_BITS, ASKED - 1, RTT_NS, 0);
        return sum.packets;
    }

    /** A hostile range of 65 536 packets: the whole history is looked at (trap T15). */
    @Benchmark
    public long bearAFullRange() {
        send();
        flow.onMissing(nowNs, 0, 0, WIRE_BITS, 65_535, RTT_NS, 0);
        return sum.packets;
    }

    private static final class Sum implements SenderSink {
        private long packets;

        @Override
        public void transmit(MediaPacket packet) {
            packets += packet.payloadBytes;
        }

        @Override
        public void retransmit(MediaPacket packet, int path) {
            packets += packet.payloadBytes;
        }

        @Override
        public void repeatLast(MediaPacket packet) {
            packets += packet.payloadBytes;
        }
    }
}
