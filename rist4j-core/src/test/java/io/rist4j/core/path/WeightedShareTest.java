package io.rist4j.core.path;

import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightedShareTest {
    private final PathTable table = new PathTable(64, 2 * SECOND, SECOND, 0);
    private final OriginalPaths paths = new OriginalPaths(table, PathPolicy.weighted());

    private void weights(int... weights) {
        for (int weight : weights) {
            table.add(weight, 0);
        }
    }

    /**
     * Which paths a run of originals takes, counted from 1, while these and no others are alive.
     */
    private String order(long alive, int packets) {
        for (int path = 0; path < table.size(); path++) {
            if ((alive >>> path & 1) != 0) {
                table.onHeard(0, path);
            } else {
                table.onFarewell(path);
            }
        }
        var order = new StringBuilder();
        for (int i = 0; i < packets; i++) {
            order.append(1 + Long.numberOfTrailingZeros(paths.choose(0, i)));
        }
        return order.toString();
    }

    @Test
    void sharesInTheOrderThatLibRistWasSeenToUse() {
        weights(5, 10);
        assertThat(order(0b11, 30)).isEqualTo("222221212121212".repeat(2));
    }

    @Test
    void firstConfiguredGoesFirstAmongEquals() {
        weights(2, 2, 2);
        assertThat(order(0b111, 12)).isEqualTo("123123123123");
    }

    @Test
    void deadPathTakesItsWeightOutOfTheRoundAndReturnsWithFullCredit() {
        weights(2, 4);
        assertThat(order(0b11, 2)).isEqualTo("22");
        assertThat(order(0b01, 5)).isEqualTo("11111");
        assertThat(order(0b11, 6)).isEqualTo("222122");
    }

    @Test
    void newWeightResetsOnlyThatPath() {
        weights(3, 3);
        assertThat(order(0b11, 4)).isEqualTo("1212");
        table.setWeight(1, 4);
        assertThat(order(0b11, 5)).isEqualTo("22212");
    }

    @Test
    void nobodyToChooseIsNobodyChosen() {
        assertThat(paths.choose(0, 0)).isZero();
        weights(0, 3, 0);
        table.onFarewell(1);
        assertThat(paths.choose(0, 0)).isEqualTo(0b101);
    }

    @Test
    void sixtyFourPathsShareEvenly() {
        weights(new int[64]);
        for (int path = 0; path < 64; path++) {
            table.setWeight(path, 1);
        }
        long seen = 0;
        for (int i = 0; i < 64; i++) {
            seen |= paths.choose(0, i);
        }
        assertThat(seen).isEqualTo(-1L);
    }
}
