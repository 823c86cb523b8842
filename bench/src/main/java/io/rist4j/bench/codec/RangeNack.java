package io.rist4j.bench.codec;

import io.rist4j.codec.rtcp.RangeRequest;
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
import java.util.concurrent.TimeUnit;

/**
 * A range retransmission request for 32 packets: eight gaps of four, behind the receiver report
 * that every compound begins with.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RangeNack {
    private static final int GAPS = 8;
    private static final int GAP = 4;
    private static final int APART = 40;

    private final ByteBuffer compound = ByteBuffer.allocateDirect(256);
    private final ByteBuffer out = ByteBuffer.allocateDirect(256);
    private final long[] missing = new long[GAPS * GAP];
    private final Sum sum = new Sum();
    private int bytes;

    /** JMH makes one. */
    public RangeNack() {}

    /** The request on the wire, and the list that it is written from. */
    @Setup
    public void fill() {
        for (int i = 0; i < missing.length; i++) {
            missing[i] = 1_000_000 + (i / GAP) * (long) APART + i % GAP;
        }
        bytes = RtcpWriter.emptyReceiverReport(compound, 0, 1);
        bytes += RangeRequest.write(compound, bytes, 1, 2, missing, 0, missing.length, 16);
    }

    /** The whole compound, every range visited. */
    @Benchmark
    public long read() {
        Verdict verdict = RtcpReader.read(compound, 0, bytes, sum);
        return verdict == Verdict.OK ? sum.packets : -1;
    }

    /** The request alone. */
    @Benchmark
    public int write() {
        return RangeRequest.write(out, 0, 1, 2, missing, 0, missing.length, 16);
    }

    private static final class Sum implements ControlHandler {
        private long packets;

        @Override
        public void onMissing(int mediaSsrc, long first, int additional) {
            packets += first + additional;
        }
    }
}
