package io.rist4j.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class RunPlannerTest {
    private static final int ANY = Integer.MAX_VALUE;
    private static final Endpoint A = Endpoint.ipv4(0x0A000001, 5000);
    private static final Endpoint B = Endpoint.ipv4(0x0A000002, 5000);

    private final RunPlanner planner = new RunPlanner(512);
    private int added;

    private RunPlannerTest add(Endpoint to, int... lengths) {
        for (int length : lengths) {
            planner.add(added++, to, length, ANY);
        }
        return this;
    }

    private List<Integer> plan() {
        var runs = new ArrayList<Integer>();
        for (int i = 0; i < added; i++) {
            runs.add(planner.runOf(i));
        }
        return runs;
    }

    @Test
    void equalDatagramsShareARun() {
        assertThat(add(A, 1328, 1328, 1328).plan()).containsExactly(0, 0, 0);
        assertThat(planner.datagrams(0)).isEqualTo(3);
        assertThat(planner.totalBytes(0)).isEqualTo(3984);
    }

    @Test
    void aShorterDatagramIsTheLastOfItsRun() {
        assertThat(add(A, 1328, 1328, 200, 200, 1328).plan()).containsExactly(0, 0, 0, 1, 2);
        assertThat(planner.segmentBytes(0)).isEqualTo(1328);
    }

    @Test
    void aLongerDatagramBeginsARun() {
        assertThat(add(A, 200, 1328, 1328).plan()).containsExactly(0, 1, 1);
    }

    @Test
    void anEmptyDatagramStaysAlone() {
        assertThat(add(A, 0, 0, 10, 0, 10).plan()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void destinationsTakeTurnsWithoutBreakingTheirRuns() {
        for (int i = 0; i < 4; i++) {
            add(A, 1328).add(B, 1328);
        }
        assertThat(plan()).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
    }

    @Test
    void aRunKeepsWithinWhatTheKernelTakes() {
        int[] small = new int[70];
        java.util.Arrays.fill(small, 100);
        add(A, small);
        assertThat(planner.datagrams(0)).isEqualTo(RunPlanner.MAX_DATAGRAMS);
        assertThat(planner.datagrams(1)).isEqualTo(6);
        planner.begin();
        added = 0;
        int[] large = new int[60];
        java.util.Arrays.fill(large, 1328);
        add(A, large);
        assertThat(planner.totalBytes(0)).isLessThanOrEqualTo(RunPlanner.MAX_BYTES);
        assertThat(planner.datagrams(0)).isEqualTo(49);
    }

    @Test
    void datagramsOfTheLimitAndAboveGoAlone() {
        planner.add(0, A, 1400, 1400);
        planner.add(1, A, 1400, 1400);
        planner.add(2, A, 1399, 1400);
        planner.add(3, A, 1399, 1400);
        added = 4;
        assertThat(plan()).containsExactly(0, 1, 2, 2);
    }

    /** Whatever comes: kernel limits hold, and each destination sees its datagrams in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsOrderAndLimitsForAnyBatch(long seed) {
        var random = new Random(seed);
        int[] lengths = {0, 1, 188, 1316, 1328, 9968};
        var to = new ArrayList<Endpoint>();
        var sent = new ArrayList<Integer>();
        for (int i = 0; i < 512; i++) {
            to.add(Endpoint.ipv4(0x0A000000 | random.nextInt(12), 5000));
            sent.add(lengths[random.nextInt(lengths.length)]);
            planner.add(i, to.get(i), sent.get(i), ANY);
        }
        for (int run = 0; run < planner.runs(); run++) {
            int total = 0;
            int count = 0;
            int least = ANY;
            for (int i = 0; i < 512; i++) {
                if (planner.runOf(i) == run) {
                    assertThat(to.get(i)).as("seed %d", seed).isEqualTo(planner.destination(run));
                    assertThat(sent.get(i)).isLessThanOrEqualTo(planner.segmentBytes(run));
                    assertThat(least).isGreaterThanOrEqualTo(planner.segmentBytes(run));
                    least = sent.get(i);
                    total += sent.get(i);
                    count++;
                }
            }
            assertThat(total).isEqualTo(planner.totalBytes(run)).isLessThanOrEqualTo(65_507);
            assertThat(count).isEqualTo(planner.datagrams(run)).isBetween(1, 64);
        }
        for (int i = 0; i < 512; i++) {
            for (int k = 0; k < i; k++) {
                if (to.get(k).equals(to.get(i))) {
                    assertThat(planner.runOf(k)).isLessThanOrEqualTo(planner.runOf(i));
                }
            }
        }
    }
}
