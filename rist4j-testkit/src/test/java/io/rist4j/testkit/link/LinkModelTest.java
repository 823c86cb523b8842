package io.rist4j.testkit.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class LinkModelTest {
    private static final long MS = 1_000_000;

    @Test
    void handsEverythingOverAtOnceWhenClean() {
        var link = new LinkModel(LinkConfig.clean(), 1);

        assertThat(link.offer(7 * MS, 100)).isEqualTo(1);
        assertThat(link.exitNs(0)).isEqualTo(7 * MS);
    }

    @Test
    void losesTheConfiguredShare() {
        var link = new LinkModel(LinkConfig.clean().loss(0.2), 1);
        offerMany(link, 100_000, MS);

        assertThat(link.counters().lossShare()).isCloseTo(0.2, within(0.005));
    }

    @Test
    void losesTheConfiguredShareInBurstsOfTheConfiguredLength() {
        var link = new LinkModel(LinkConfig.clean().burstLoss(0.2, 8), 1);
        int bursts = 0;
        boolean before = false;
        for (int i = 0; i < 200_000; i++) {
            boolean lost = link.offer(i * MS, 100) == 0;
            bursts += lost && !before ? 1 : 0;
            before = lost;
        }

        assertThat(link.counters().lossShare()).isCloseTo(0.2, within(0.01));
        assertThat((double) link.counters().lost() / bursts).isCloseTo(8, within(0.4));
    }

    @Test
    void keepsTheLossPatternWhateverElseChanges() {
        var plain = new LinkModel(LinkConfig.clean().loss(0.3), 9);
        var worse =
                new LinkModel(
                        LinkConfig.clean()
                                .loss(0.3)
                                .jitter(Duration.ofMillis(30), true)
                                .reordering(0.1, Duration.ofMillis(9)),
                        9);

        for (int i = 0; i < 2_000; i++) {
            assertThat(worse.offer(i * MS, 100)).isEqualTo(plain.offer(i * MS, 100));
        }
    }

    @Test
    void keepsTheOrderUnderJitter() {
        var link = new LinkModel(LinkConfig.clean().jitter(Duration.ofMillis(20)), 1);
        long last = 0;
        for (int i = 0; i < 10_000; i++) {
            link.offer(i * MS, 100);
            assertThat(link.exitNs(0)).isBetween(Math.max(last, i * MS), (i + 20) * MS);
            last = link.exitNs(0);
        }
    }

    @Test
    void changesTheOrderUnderReorderingJitter() {
        var link = new LinkModel(LinkConfig.clean().jitter(Duration.ofMillis(20), true), 1);
        int overtakes = 0;
        long last = 0;
        for (int i = 0; i < 1_000; i++) {
            link.offer(i * MS, 100);
            overtakes += link.exitNs(0) < last ? 1 : 0;
            last = link.exitNs(0);
        }

        assertThat(overtakes).isPositive();
    }

    @Test
    void holdsBackTheShareThatIsReordered() {
        var link = new LinkModel(LinkConfig.clean().reordering(0.25, Duration.ofMillis(50)), 1);
        int held = 0;
        for (int i = 0; i < 20_000; i++) {
            link.offer(i * MS, 100);
            held += link.exitNs(0) == (i + 50) * MS ? 1 : 0;
        }

        assertThat(held / 20_000.0).isCloseTo(0.25, within(0.01));
    }

    @Test
    void letsTheShareLeaveTwice() {
        var link = new LinkModel(LinkConfig.clean().duplication(0.25), 1);
        offerMany(link, 20_000, MS);

        var counters = link.counters();
        assertThat(counters.duplicated() / 20_000.0).isCloseTo(0.25, within(0.01));
        assertThat(counters.left()).isEqualTo(20_000 + counters.duplicated());
    }

    @Test
    void spacesDatagramsByTheRateAndDropsWhatWouldWaitTooLong() {
        // 1000 bytes at 8 Mbit/s take 1 ms
        var link = new LinkModel(LinkConfig.clean().rate(8_000_000, Duration.ofMillis(3)), 1);

        for (int i = 0; i < 4; i++) {
            assertThat(link.offer(0, 1_000)).isEqualTo(1);
            assertThat(link.exitNs(0)).isEqualTo((i + 1) * MS);
        }
        assertThat(link.offer(0, 1_000)).isZero();
        assertThat(link.offer(2 * MS, 1_000)).isEqualTo(1);
        assertThat(link.exitNs(0)).isEqualTo(5 * MS);
        assertThat(link.counters().overflowed()).isEqualTo(1);
    }

    @Test
    void losesEverythingDuringAnOutage() {
        var link =
                new LinkModel(
                        LinkConfig.clean().outage(Duration.ofMillis(10), Duration.ofMillis(20)), 1);

        assertThat(link.offer(9 * MS, 1)).isEqualTo(1);
        assertThat(link.offer(10 * MS, 1)).isZero();
        assertThat(link.offer(20 * MS - 1, 1)).isZero();
        assertThat(link.offer(20 * MS, 1)).isEqualTo(1);
        assertThat(link.counters().lostInOutage()).isEqualTo(2);
    }

    @Test
    void refusesImpossibleConfigurationsByNameAndRange() {
        assertThatThrownBy(() -> LinkConfig.clean().loss(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loss 1.5 is outside 0..1");
        assertThatThrownBy(() -> LinkConfig.clean().loss(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinkConfig.clean().burstLoss(0.9, 2))
                .hasMessageContaining("loss 0.9 is outside");
        assertThatThrownBy(() -> LinkConfig.clean().delay(Duration.ofMinutes(2)))
                .hasMessageContaining("delay PT2M is outside 0..60 s");
    }

    @Test
    void tellsInOneLineWhatIsNotClean() {
        assertThat(LinkConfig.clean()).hasToString("clean");
        assertThat(
                        LinkConfig.clean()
                                .loss(0.1)
                                .delay(Duration.ofMillis(25))
                                .outage(Duration.ofMillis(5), Duration.ofMillis(6)))
                .hasToString("loss=0.1 delay=25ms outage=5..6ms");
    }

    private static void offerMany(LinkModel link, int count, long everyNs) {
        for (int i = 0; i < count; i++) {
            link.offer(i * everyNs, 100);
        }
    }
}
