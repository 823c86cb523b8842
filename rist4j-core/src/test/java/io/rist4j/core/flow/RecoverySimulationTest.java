package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoverySimulationTest {
    /** A minute and a half of stream in each test: seeds 1..8 of 12 000 packets. */
    private static final int SEEDS = 8;

    private static int holes(double forwardLoss, double returnLoss, boolean redundancy) {
        int holes = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            ArqSimulation simulation = new ArqSimulation(seed);
            simulation.forwardLoss = forwardLoss;
            simulation.returnLoss = returnLoss;
            simulation.config.requestRedundancy(redundancy);
            simulation.run();
            assertThat(simulation.outOfOrder).as("seed %d", seed).isZero();
            assertThat(simulation.twice).as("seed %d", seed).isZero();
            assertThat(simulation.lost).as("seed %d", seed).isEqualTo(simulation.holes());
            holes += simulation.holes();
        }
        return holes;
    }

    @Test
    void losesHardlyAnythingAtHalfLossBothWays() {
        assertThat(holes(0.5, 0.5, true)).isLessThan(SEEDS / 2);
    }

    @Test
    void withoutRedundancyItLosesWhatTheArithmeticSays() {
        // 18 rounds of which a quarter succeeds: 0.75^18 of 6 000 is 34, plus the first ones
        assertThat(holes(0.5, 0.5, false)).isBetween(20 * SEEDS, 80 * SEEDS);
    }

    @Test
    void losesNothingAtAFifthBothWays() {
        assertThat(holes(0.2, 0.2, true)).isZero();
    }

    /** There redundancy multiplies the traffic, so that only the last rounds have it. */
    @Test
    void losesHardlyAnythingWhereEachRequestIsAnswered() {
        int holes = 0;
        double traffic = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            ArqSimulation simulation = eachAnswered(seed, 0.5, 25);
            holes += simulation.holes();
            traffic += simulation.packets + simulation.retransmissions;
        }
        assertThat(holes).isLessThan(SEEDS);
        assertThat(traffic / (SEEDS * 12_000 / 0.5)).isLessThan(1.05);
    }

    /** A round trip of 200 ms leaves four rounds: all of them are last ones. */
    @Test
    void spendsTrafficWhereFewRoundsFit() {
        int holes = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            holes += eachAnswered(seed, 0.2, 100).holes();
        }
        assertThat(holes).isLessThan(2 * SEEDS);
    }

    private static ArqSimulation eachAnswered(int seed, double loss, int delayMs) {
        ArqSimulation simulation = new ArqSimulation(seed);
        simulation.sender = ArqSimulation.Sender.UNGATED;
        simulation.forwardLoss = loss;
        simulation.returnLoss = loss;
        simulation.delayNs = delayMs * ArqSimulation.MS;
        simulation.run();
        return simulation;
    }
}
