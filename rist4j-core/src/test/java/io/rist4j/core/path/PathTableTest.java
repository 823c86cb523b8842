package io.rist4j.core.path;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.NEVER;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.AllocationMeter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class PathTableTest {
    private static final long TIMEOUT_NS = 2 * SECOND;
    private static final long BUFFER_NS = SECOND;
    private static final long RTT_INITIAL_NS = 50 * MILLISECOND;

    private final PathTable table = new PathTable(4, TIMEOUT_NS, BUFFER_NS, RTT_INITIAL_NS);
    private final OriginalPaths originals = new OriginalPaths(table, PathPolicy.weighted());
    private final RequestPaths requests = new RequestPaths(table);
    private final List<Integer> down = new ArrayList<>();

    private long chooseForOriginal(long nowNs) {
        return originals.choose(nowNs, 0);
    }

    private void hearAll(long nowNs) {
        for (int path = 0; path < table.capacity(); path++) {
            if (table.isUsed(path)) {
                table.onHeard(nowNs, path);
            }
        }
    }

    @Test
    void givesOutTheLowestFreeIndexUntilFull() {
        assertThat(table.add(0, 0)).isZero();
        assertThat(table.add(0, 0)).isEqualTo(1);
        assertThat(table.add(0, 0)).isEqualTo(2);
        table.remove(1);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.isUsed(1)).isFalse();
        assertThat(table.add(0, 0)).isEqualTo(1);
        assertThat(table.add(0, 0)).isEqualTo(3);
        assertThat(table.add(0, 0)).isEqualTo(-1);
        table.remove(77);
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void knowsTheLongestRoundTripOfThePathsThatAreThere() {
        assertThat(table.longestRoundTrip(0, 3)).isEqualTo(3);
        table.add(0, 0);
        table.add(0, 0);
        table.add(0, 0);
        hearAll(0);
        assertThat(table.longestRoundTrip(0, 2)).isEqualTo(2);
        table.onRoundTrip(0, 0, 30 * MILLISECOND);
        table.onRoundTrip(0, 1, 80 * MILLISECOND);
        assertThat(table.longestRoundTrip(0, 2)).isEqualTo(1);
        table.onHeard(SECOND, 0);
        assertThat(table.longestRoundTrip(TIMEOUT_NS, 2)).isZero();
    }

    @Test
    void newTenantOfAnIndexStartsAfresh() {
        table.add(3, 7);
        table.onHeard(0, 0);
        table.onRoundTrip(0, 0, MILLISECOND);
        table.counters(0).onSent(0, 100);
        table.remove(0);
        table.add(0, 0);
        assertThat(table.wasEverHeard(0)).isFalse();
        assertThat(table.rtt(0).isKnown()).isFalse();
        assertThat(table.rtt(0).lastNs()).isEqualTo(RTT_INITIAL_NS);
        assertThat(table.counters(0).sentPackets()).isZero();
        assertThat(table.weight(0)).isZero();
        assertThat(table.priority(0)).isZero();
    }

    @Test
    void pathThatWasNeverHeardIsNotDead() {
        int path = table.add(0, 0);
        long years = 100L * 365 * 86_400 * SECOND;
        assertThat(table.isAlive(years, path)).isTrue();
        assertThat(table.wasEverHeard(path)).isFalse();
        assertThat(table.upCount(years)).isZero();
        assertThat(chooseForOriginal(years)).isEqualTo(0b1);
        assertThat(table.deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void saysWhenAPathComesUpAndWhenItComesBack() {
        int path = table.add(0, 0);
        assertThat(table.onHeard(5, path)).isTrue();
        assertThat(table.onHeard(6, path)).isFalse();
        table.onDeadline(6 + TIMEOUT_NS, down::add);
        assertThat(down).containsExactly(path);
        assertThat(table.isAlive(6 + TIMEOUT_NS, path)).isFalse();
        assertThat(table.onHeard(7 + TIMEOUT_NS, path)).isTrue();
        assertThat(table.isAlive(7 + TIMEOUT_NS, path)).isTrue();
    }

    @Test
    void takesAPathDownExactlyOnceWhenItsTimeoutHasPassed() {
        table.add(0, 0);
        table.add(0, 0);
        table.onHeard(0, 0);
        table.onHeard(SECOND, 1);
        assertThat(table.deadlineNs()).isEqualTo(TIMEOUT_NS);
        table.onDeadline(TIMEOUT_NS - 1, down::add);
        assertThat(down).isEmpty();
        assertThat(table.isAlive(TIMEOUT_NS - 1, 0)).isTrue();
        assertThat(table.isAlive(TIMEOUT_NS, 0)).isFalse();
        table.onDeadline(TIMEOUT_NS, down::add);
        assertThat(down).containsExactly(0);
        assertThat(table.deadlineNs()).isEqualTo(SECOND + TIMEOUT_NS);
        table.onDeadline(SECOND + TIMEOUT_NS, down::add);
        table.onDeadline(60 * SECOND, down::add);
        assertThat(down).containsExactly(0, 1);
        assertThat(table.deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void deadlineFollowsWhatIsHeard() {
        table.add(0, 0);
        table.onHeard(0, 0);
        table.onHeard(SECOND, 0);
        table.onDeadline(TIMEOUT_NS, down::add);
        assertThat(down).isEmpty();
        assertThat(table.deadlineNs()).isEqualTo(SECOND + TIMEOUT_NS);
        assertThat(table.lastHeardNs(0)).isEqualTo(SECOND);
    }

    @Test
    void everyUsablePathOfWeightZeroGetsACopy() {
        table.add(0, 0);
        table.add(0, 0);
        table.add(0, 0);
        hearAll(0);
        assertThat(chooseForOriginal(0)).isEqualTo(0b111);
    }

    @Test
    void deadDuplicateKeepsItsCopyForOneRecoveryBuffer() {
        table.add(0, 0);
        table.add(0, 0);
        hearAll(0);
        table.onHeard(10 * SECOND, 1);
        assertThat(chooseForOriginal(TIMEOUT_NS + BUFFER_NS - 1)).isEqualTo(0b11);
        assertThat(chooseForOriginal(TIMEOUT_NS + BUFFER_NS)).isEqualTo(0b10);
        table.onDeadline(10 * SECOND, down::add);
        assertThat(chooseForOriginal(10 * SECOND)).isEqualTo(0b10);
        table.onHeard(11 * SECOND, 0);
        assertThat(chooseForOriginal(11 * SECOND)).isEqualTo(0b11);
    }

    @Test
    void nothingIsChosenWhenEveryPathIsDead() {
        table.add(1, 0);
        table.add(0, 0);
        hearAll(0);
        assertThat(chooseForOriginal(TIMEOUT_NS + BUFFER_NS)).isZero();
        table.onHeard(10 * SECOND, 0);
        assertThat(chooseForOriginal(10 * SECOND)).isEqualTo(0b01);
    }

    @Test
    void duplicatesAndSharesMix() {
        table.add(0, 0);
        table.add(1, 0);
        table.add(1, 0);
        hearAll(0);
        assertThat(chooseForOriginal(0)).isEqualTo(0b011);
        assertThat(chooseForOriginal(0)).isEqualTo(0b101);
        assertThat(chooseForOriginal(0)).isEqualTo(0b011);
    }

    @Test
    void sharesThreeHundredPacketsExactlyByWeight() {
        table.add(5, 0);
        table.add(10, 0);
        int[] count = countShares(0, 300);
        assertThat(count[0]).isEqualTo(100);
        assertThat(count[1]).isEqualTo(200);
    }

    private int[] countShares(long nowNs, int packets) {
        int[] count = new int[table.capacity()];
        for (int i = 0; i < packets; i++) {
            long mask = chooseForOriginal(nowNs);
            assertThat(Long.bitCount(mask)).isEqualTo(1);
            count[Long.numberOfTrailingZeros(mask)]++;
        }
        return count;
    }

    @Test
    void stalledPathGivesItsShareToPathsThatAreHeard() {
        table.add(1, 0);
        table.add(1, 0);
        hearAll(0);
        table.onHeard(300 * MILLISECOND, 1);
        assertThat(countShares(299 * MILLISECOND, 10)).containsExactly(5, 5, 0, 0);
        assertThat(countShares(300 * MILLISECOND, 10)).containsExactly(0, 10, 0, 0);
        assertThat(table.isAlive(300 * MILLISECOND, 0)).isTrue();
        table.onHeard(301 * MILLISECOND, 0);
        assertThat(countShares(302 * MILLISECOND, 11)).containsExactly(6, 5, 0, 0);
    }

    @Test
    void sharesGoOnWhenEveryPathIsStalled() {
        table.add(1, 0);
        table.add(1, 0);
        hearAll(0);
        assertThat(countShares(SECOND, 10)).containsExactly(5, 5, 0, 0);
    }

    @Test
    void pathThatWasNeverHeardLosesItsShareOnlyToOneThatProvedItself() {
        table.add(1, 0);
        table.add(1, 0);
        assertThat(countShares(60 * SECOND, 10)).containsExactly(5, 5, 0, 0);
        table.onHeard(60 * SECOND, 0);
        assertThat(countShares(60 * SECOND, 10)).containsExactly(5, 5, 0, 0);
        table.onHeard(60 * SECOND + 300 * MILLISECOND, 0);
        assertThat(countShares(60 * SECOND + 300 * MILLISECOND, 10)).containsExactly(10, 0, 0, 0);
    }

    @Test
    void stallCanBeSwitchedOff() {
        var patient = new PathTable(2, TIMEOUT_NS, BUFFER_NS, RTT_INITIAL_NS, NEVER);
        var originals = new OriginalPaths(patient, PathPolicy.weighted());
        patient.add(1, 0);
        patient.add(1, 0);
        patient.onHeard(0, 0);
        patient.onHeard(0, 1);
        patient.onHeard(SECOND, 1);
        assertThat(originals.choose(SECOND, 0)).isEqualTo(0b01);
        assertThat(originals.choose(SECOND, 0)).isEqualTo(0b10);
    }

    @Test
    void newWeightHoldsFromTheNextOriginalOn() {
        table.add(1, 0);
        table.add(1, 0);
        table.setWeight(1, 0);
        assertThat(chooseForOriginal(0)).isEqualTo(0b11);
        table.setWeight(1, 3);
        assertThat(countShares(0, 3)).containsExactly(0, 3, 0, 0);
        assertThat(countShares(0, 8)).containsExactly(2, 6, 0, 0);
        assertThat(table.weight(1)).isEqualTo(3);
    }

    @Test
    void requestTakesHighestPriorityThenShortestRoundTrip() {
        table.add(0, 0);
        table.add(0, 5);
        table.add(0, 5);
        hearAll(0);
        table.onRoundTrip(0, 0, MILLISECOND);
        table.onRoundTrip(0, 1, 40 * MILLISECOND);
        table.onRoundTrip(0, 2, 30 * MILLISECOND);
        assertThat(requests.choose(0, 1)).isEqualTo(2);
        table.onRoundTrip(0, 2, 41 * MILLISECOND);
        assertThat(requests.choose(0, 1)).isEqualTo(1);
        table.setPriority(0, 6);
        assertThat(requests.choose(0, 1)).isEqualTo(0);
        assertThat(table.priority(0)).isEqualTo(6);
    }

    @Test
    void laterAttemptsGoThroughTheLivePathsInOrder() {
        table.add(0, 0);
        table.add(0, 1);
        table.add(0, 0);
        hearAll(0);
        table.onRoundTrip(0, 0, 20 * MILLISECOND);
        table.onRoundTrip(0, 1, 90 * MILLISECOND);
        table.onRoundTrip(0, 2, 10 * MILLISECOND);
        List<Integer> order = new ArrayList<>();
        for (int attempt = 1; attempt <= 6; attempt++) {
            order.add(requests.choose(0, attempt));
        }
        assertThat(order).containsExactly(1, 2, 0, 1, 2, 0);
    }

    @Test
    void requestsAvoidStalledPathsWhileOthersAreHeard() {
        table.add(0, 9);
        table.add(0, 0);
        hearAll(0);
        table.onHeard(300 * MILLISECOND, 1);
        assertThat(requests.choose(300 * MILLISECOND, 1)).isEqualTo(1);
        assertThat(requests.choose(300 * MILLISECOND, 2)).isEqualTo(1);
        table.onHeard(300 * MILLISECOND, 0);
        assertThat(requests.choose(300 * MILLISECOND, 1)).isEqualTo(0);
    }

    @Test
    void requestTakesThePathHeardLastWhenNoneIsLive() {
        table.add(0, 9);
        table.add(0, 0);
        table.add(0, 0);
        table.onHeard(0, 0);
        table.onHeard(1, 1);
        for (int attempt = 1; attempt < 5; attempt++) {
            assertThat(requests.choose(TIMEOUT_NS + 1, attempt)).isEqualTo(1);
        }
    }

    @Test
    void requestsGoOnlyToPeersThatHaveTheFlow() {
        table.add(0, 9);
        table.add(0, 0);
        hearAll(0);
        table.setServing(0, false);
        for (int attempt = 1; attempt < 4; attempt++) {
            assertThat(requests.choose(0, attempt)).isEqualTo(1);
        }
        table.setServing(0, true);
        assertThat(requests.choose(0, 1)).isZero();
        table.setServing(0, false);
        table.setServing(1, false);
        assertThat(requests.choose(0, 1)).isEqualTo(-1);
    }

    @Test
    void requestWithoutAnythingHeardTakesTheFirstPathAndWithoutPathsNone() {
        assertThat(requests.choose(0, 1)).isEqualTo(-1);
        table.add(0, 0);
        table.add(0, 0);
        assertThat(requests.choose(0, 1)).isZero();
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new PathTable(PathTable.MAX_PATHS + 1, 1, 0, 0))
                .hasMessage("capacity 8257 paths is outside 1..8256 paths");
        assertThatThrownBy(() -> new PathTable(0, 1, 0, 0))
                .hasMessage("capacity 0 paths is outside 1..8256 paths");
        assertThatThrownBy(() -> new PathTable(1, 0, 0, 0)).hasMessageContaining("sessionTimeout");
        assertThatThrownBy(() -> table.add(-1, 0)).hasMessage("weight -1 is outside 0..2147483647");
        assertThatThrownBy(() -> table.rtt(2)).hasMessage("no path 2");
        assertThatThrownBy(() -> table.rtt(-1)).hasMessage("no path -1");
    }

    @Test
    void timesWithoutEndDoNotOverflow() {
        var endless = new PathTable(1, NEVER, NEVER, 0, NEVER);
        var originals = new OriginalPaths(endless, PathPolicy.weighted());
        endless.add(0, 0);
        endless.onHeard(SECOND, 0);
        assertThat(endless.deadlineNs()).isEqualTo(NEVER);
        assertThat(endless.isAlive(NEVER - 1, 0)).isTrue();
        assertThat(originals.choose(NEVER - 1, 0)).isEqualTo(1);
    }

    @Test
    void countsPerPath() {
        int path = table.add(0, 0);
        PathCounters counters = table.counters(path);
        counters.onSent(0, 10);
        counters.onRetransmitted(0, 20);
        counters.onReceived(0, 30);
        counters.onControlSent(40);
        counters.onControlReceived(50);
        counters.onControlReceived(60);
        assertThat(counters.sentPackets()).isEqualTo(1);
        assertThat(counters.sentBytes()).isEqualTo(10);
        assertThat(counters.retransmittedPackets()).isEqualTo(1);
        assertThat(counters.retransmittedBytes()).isEqualTo(20);
        assertThat(counters.receivedPackets()).isEqualTo(1);
        assertThat(counters.receivedBytes()).isEqualTo(30);
        assertThat(counters.sentControl()).isEqualTo(1);
        assertThat(counters.sentControlBytes()).isEqualTo(40);
        assertThat(counters.receivedControl()).isEqualTo(2);
        assertThat(counters.receivedControlBytes()).isEqualTo(110);
        assertThat(counters.sentRate().slowBitsPerSecond(SECOND)).isEqualTo(80);
        assertThat(counters.retransmittedRate().slowBitsPerSecond(SECOND)).isEqualTo(160);
        assertThat(counters.receivedRate().slowBitsPerSecond(SECOND)).isEqualTo(240);
    }

    /** Against a plain restatement of the rules, with paths coming, going, dying and returning. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void choosesOnlyPathsThatMayBeUsed(long seed) {
        var random = new SplittableRandom(seed);
        long now = 0;
        boolean[] heard = new boolean[4];
        for (int step = 0; step < 5_000; step++) {
            now += random.nextLong(200 * MILLISECOND);
            int path = random.nextInt(4);
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (!table.isUsed(path)) {
                        heard[table.add(random.nextInt(3), random.nextInt(3))] = false;
                    }
                }
                case 1 -> {
                    if (random.nextInt(10) == 0) {
                        table.remove(path);
                    }
                }
                case 2, 3 -> {
                    if (table.isUsed(path)) {
                        table.onHeard(now, path);
                        heard[path] = true;
                    }
                }
                case 4 -> table.onDeadline(now, down::add);
                default -> {
                    if (table.isUsed(path)) {
                        table.setWeight(path, random.nextInt(4));
                    }
                }
            }
            String at = "seed %d, step %d".formatted(seed, step);
            long mask = chooseForOriginal(now);
            int shares = 0;
            boolean shareable = false;
            for (int i = 0; i < 4; i++) {
                boolean chosen = (mask >>> i & 1) != 0;
                if (!table.isUsed(i)) {
                    assertThat(chosen).as(at).isFalse();
                    continue;
                }
                boolean never = !heard[i];
                long silent = now - table.lastHeardNs(i);
                assertThat(table.isAlive(now, i)).as(at).isEqualTo(never || silent < TIMEOUT_NS);
                if (table.weight(i) == 0) {
                    boolean copies = never || silent < TIMEOUT_NS + BUFFER_NS;
                    assertThat(chosen).as(at).isEqualTo(copies);
                } else {
                    shareable |= table.isAlive(now, i);
                    assertThat(chosen && !table.isAlive(now, i)).as(at).isFalse();
                    shares += chosen ? 1 : 0;
                }
            }
            assertThat(shares).as(at).isEqualTo(shareable ? 1 : 0);
            int request = requests.choose(now, 1 + random.nextInt(9));
            assertThat(table.size() == 0 ? request == -1 : table.isUsed(request)).as(at).isTrue();
            if (table.upCount(now) > 0) {
                assertThat(heard[request] && table.isAlive(now, request)).as(at).isTrue();
            }
        }
    }

    @Test
    void choosesWithoutAllocating() {
        table.add(0, 0);
        table.add(3, 0);
        table.add(5, 1);
        long[] now = {0};
        long bytes =
                AllocationMeter.leastOf(
                        20,
                        () -> {
                            for (int i = 0; i < 1000; i++) {
                                now[0] += MILLISECOND;
                                table.onHeard(now[0], i % 3);
                                table.onRoundTrip(now[0], i % 3, i * 1000L);
                                chooseForOriginal(now[0]);
                                requests.choose(now[0], i);
                                table.counters(i % 3).onSent(now[0], 1316);
                            }
                        });
        assertThat(bytes).isZero();
    }
}
