package io.rist4j.bench.codec;

import io.rist4j.codec.rtp.RtpHeader;
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

/** One media packet of 1316 bytes: its header read in place, and header and payload written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RtpMedia {
    private static final int PAYLOAD_BYTES = 1316;

    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(RtpHeader.FIXED_BYTES + PAYLOAD_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(RtpHeader.FIXED_BYTES + PAYLOAD_BYTES);
    private final MediaPacket packet = new MediaPacket();
    private final MediaPacket into = new MediaPacket();

    /** JMH makes one. */
    public RtpMedia() {}

    /** A packet on the wire, and the same one as a carrier. */
    @Setup
    public void fill() {
        packet.payloadType = 33;
        packet.flowId = 0x1234_5678;
        packet.sequence = 4711;
        packet.sourceNs = 1_000_000_000L;
        packet.buffer = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
        packet.payloadBytes = PAYLOAD_BYTES;
        RtpHeader.write(datagram, 0, packet);
    }

    /** Header into the carrier; the payload stays where it is. */
    @Benchmark
    public Verdict read() {
        return RtpHeader.read(datagram, 0, datagram.capacity(), into);
    }

    /** Header and a copy of the payload. */
    @Benchmark
    public int write() {
        packet.sequence++;
        return RtpHeader.write(out, 0, packet);
    }
}
