package io.rist4j.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.PumpStats;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Which of several pumps takes the next handle. */
class PumpLoadTest {
    private final FakePump one = new FakePump();
    private final FakePump other = new FakePump();
    private final List<PumpLoad> loads = List.of(one.load, other.load);
    private final PumpLoad.Group group = new PumpLoad.Group();
    private long nowNs;

    private static final class FakePump {
        private long busyNs;
        private long waitNs;
        private int handles;
        private final PumpLoad load = new PumpLoad(this::stats, () -> handles);

        private PumpStats stats() {
            return new PumpStats(
                    "fake", 0, 0, 0, false, 0, 0, 0, 0, 0, 0, busyNs, waitNs, Map.of());
        }

        /** A second goes by. */
        private void work(double share) {
            busyNs += (long) (share * SessionTime.SECOND);
            waitNs += (long) ((1 - share) * SessionTime.SECOND);
        }
    }

    private int choose() {
        int chosen = group.choose(loads, nowNs);
        (chosen == 0 ? one : other).handles++;
        return chosen;
    }

    /** How many of so many go to the first. */
    private int toOne(int handles) {
        int count = 0;
        for (int i = 0; i < handles; i++) {
            count += choose() == 0 ? 1 : 0;
        }
        return count;
    }

    private void second(double ofOne, double ofOther) {
        one.work(ofOne);
        other.work(ofOther);
        nowNs += SessionTime.SECOND;
    }

    @Test
    void whereNothingGoesOnTheyTakeTurns() {
        assertThat(toOne(100)).isEqualTo(50);
    }

    @Test
    void theBusyOneIsSpared() {
        one.handles = 1;
        other.handles = 1;
        second(0.6, 0.05);

        assertThat(choose()).isEqualTo(1);
    }

    @Test
    void manyThatWaitWeighLessThanOneThatIsBusy() {
        one.handles = 1;
        other.handles = 300;
        second(0.6, 0.1);

        assertThat(choose()).isEqualTo(1);
    }

    @Test
    void thoseThatCameAtOnceAreTakenForAsHeavyAsTheOthers() {
        one.handles = 10;
        other.handles = 10;
        second(0.4, 0.2); // 3 % each

        assertThat(toOne(20)).isBetween(6, 8);
    }

    @Test
    void whatWasBusyLongAgoDoesNotCount() {
        one.handles = 1;
        other.handles = 1;
        second(0.9, 0);
        choose();
        second(0, 0.3);

        assertThat(choose()).isEqualTo(0);
    }

    @Test
    void theBusyTimeIsLookedAtNowAndThenOnly() {
        one.handles = 1;
        other.handles = 1;
        choose();
        one.work(0.9);
        other.handles = 4;
        nowNs += PumpLoad.LOOK_NS - 1;

        assertThat(choose()).isEqualTo(0);
        nowNs += 1;
        assertThat(choose()).isEqualTo(1);
    }
}
