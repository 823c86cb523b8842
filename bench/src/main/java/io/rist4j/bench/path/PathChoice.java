package io.rist4j.bench.path;

import io.rist4j.core.path.OriginalPaths;
import io.rist4j.core.path.PathPolicy;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RequestPaths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** What a table of paths costs per packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PathChoice {
    /** How many paths there are. */
    @Param({"1", "2", "4"})
    public int paths;

    /** Their weight; 0 duplicates. */
    @Param({"0", "5"})
    public int weight;

    private PathTable table = new PathTable(64, 2_000_000_000L, 1_000_000_000L, 50_000_000L);
    private OriginalPaths originals = new OriginalPaths(table, PathPolicy.weighted());
    private RequestPaths requests = new RequestPaths(table);

    /** Alternates, so that nothing is kept from the call before and no path times out. */
    private long nowNs;

    /** JMH makes one. */
    public PathChoice() {}

    /** Paths that are all heard. */
    @Setup
    public void fill() {
        table = new PathTable(64, 2_000_000_000L, 1_000_000_000L, 50_000_000L);
        originals = new OriginalPaths(table, PathPolicy.weighted());
        requests = new RequestPaths(table);
        for (int path = 0; path < paths; path++) {
            table.add(weight, 0);
            table.onHeard(0, path);
        }
    }

    /** Paths of one original. */
    @Benchmark
    public long original() {
        nowNs ^= 1;
        return originals.choose(nowNs, 0);
    }

    /** A datagram is heard, and a request goes out. */
    @Benchmark
    public int heardAndRequest() {
        nowNs ^= 1;
        table.onHeard(nowNs, 0);
        return requests.choose(nowNs, 1);
    }
}
