package io.rist4j.core.path;

import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a policy sees is enough for others than those that there are. */
class PathPolicyTest {
    private final PathTable table = new PathTable(4, 2 * SECOND, SECOND, 0);

    private long choose(PathPolicy policy, long nowNs, long sequence) {
        return new OriginalPaths(table, policy).choose(nowNs, sequence);
    }

    /** Only the live paths of the highest priority. */
    private static long standby(long sequence, PathStates paths) {
        int highest = Integer.MIN_VALUE;
        long chosen = 0;
        for (long rest = paths.alive(); rest != 0; rest &= rest - 1) {
            int priority = paths.priority(Long.numberOfTrailingZeros(rest));
            chosen = priority > highest ? 0 : chosen;
            highest = Math.max(highest, priority);
            chosen |= priority == highest ? rest & -rest : 0;
        }
        return chosen;
    }

    /** Even numbers on the first path, odd ones on the second; all on one when it is alone. */
    private static long split(long sequence, PathStates paths) {
        long wanted = 1L << (sequence & 1);
        return (paths.alive() & wanted) != 0 ? wanted : paths.alive();
    }

    @Test
    void standbyTakesOverWhenTheMainPathDies() {
        table.add(0, 5);
        table.add(0, 1);
        table.onHeard(0, 0);
        table.onHeard(0, 1);
        assertThat(choose(PathPolicyTest::standby, 0, 0)).isEqualTo(0b01);
        table.onHeard(SECOND, 1);
        assertThat(choose(PathPolicyTest::standby, 2 * SECOND, 1)).isEqualTo(0b10);
        table.onHeard(2 * SECOND, 0);
        assertThat(choose(PathPolicyTest::standby, 2 * SECOND, 2)).isEqualTo(0b01);
    }

    @Test
    void mutedPathTakesNothing() {
        table.add(0, 0);
        table.add(0, 0);
        PathPolicy all = PathPolicy.duplicate();
        PathPolicy muted = (sequence, paths) -> all.choose(sequence, paths) & ~0b10;
        assertThat(choose(muted, 0, 0)).isEqualTo(0b01);
    }

    @Test
    void splitGoesByTheNumber() {
        table.add(0, 0);
        table.add(0, 0);
        assertThat(choose(PathPolicyTest::split, 0, 8)).isEqualTo(0b01);
        assertThat(choose(PathPolicyTest::split, 0, 9)).isEqualTo(0b10);
        table.onHeard(0, 1);
        table.onFarewell(1);
        assertThat(choose(PathPolicyTest::split, 0, 9)).isEqualTo(0b01);
    }

    @Test
    void duplicateIgnoresWeights() {
        table.add(7, 0);
        table.add(0, 0);
        assertThat(choose(PathPolicy.duplicate(), 0, 0)).isEqualTo(0b11);
    }
}
