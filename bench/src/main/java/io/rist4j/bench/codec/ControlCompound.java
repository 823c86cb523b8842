package io.rist4j.bench.codec;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.core.message.ControlHandler;
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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What a sender says every 100 ms: sender report, canonical name and echo request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ControlCompound {
    private final ByteBuffer compound = ByteBuffer.allocateDirect(256);
    private final byte[] name = "rist4j@example".getBytes(StandardCharsets.UTF_8);
    private final Sum sum = new Sum();
    private int bytes;

    /** JMH makes one. */
    public ControlCompound() {}

    /** The compound on the wire. */
    @Setup
    public void fill() {
        bytes = write();
    }

    /** All three packets. */
    @Benchmark
    public long read() {
        Verdict verdict = RtcpReader.read(compound, 0, bytes, sum);
        return verdict == Verdict.OK ? sum.seen : -1;
    }

    /** All three packets. */
    @Benchmark
    public int write() {
        int at = RtcpWriter.senderReport(compound, 0, 2, 1L << 40, 90_000, 1, 1316);
        at += RtcpWriter.canonicalName(compound, at, 2, name);
        return at + RtcpWriter.echoRequest(compound, at, 2, 77);
    }

    private static final class Sum implements ControlHandler {
        private long seen;

        @Override
        public void onSenderReport(
                int ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
            seen += ntp;
        }

        @Override
        public void onCanonicalName(int ssrc, ByteBuffer buffer, int at, int bytes) {
            seen += bytes;
        }

        @Override
        public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
            seen += timestamp;
        }
    }
}
