package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

class ReturnLossEstimatorTest {
    private static final int ROUNDS = 18;

    private final ReturnLossEstimator estimator = new ReturnLossEstimator();
    private final Random random = new Random(11);

    /** Originals, and one probe for each lost one. */
    private void run(int originals, double forwardLoss, double returnLoss) {
        long gap = 0;
        for (int i = 0; i < originals; i++) {
            if (random.nextDouble() < forwardLoss) {
                gap++;
                estimator.onProbe(
                        random.nextDouble() >= returnLoss && random.nextDouble() >= forwardLoss);
            } else {
                estimator.onOriginal(gap);
                gap = 0;
            }
        }
    }

    @Test
    void asksOnceBeforeItKnowsAnything() {
        assertThat(estimator.copies(ROUNDS)).isEqualTo(1);
        assertThat(estimator.returnLoss()).isZero();
    }

    @Test
    void asksOnceOverACleanReturnPathHoweverLossyTheOther() {
        for (double loss : new double[] {0.01, 0.1, 0.3, 0.5, 0.7}) {
            int redundant = 0;
            for (int i = 0; i < 200; i++) {
                run(50, loss, 0);
                redundant += estimator.copies(ROUNDS) > 1 ? 1 : 0;
            }
            assertThat(redundant).as("at %s", loss).isLessThan(10);
        }
    }

    @Test
    void noticesALossyReturnPathWithinATenthOfASecond() {
        run(100, 0.5, 0.5);
        assertThat(estimator.copies(ROUNDS)).isGreaterThan(2);
    }

    @Test
    void measuresTheLossOfTheReturnPath() {
        for (double loss : new double[] {0.2, 0.4, 0.6, 0.8}) {
            run(3000, 0.3, loss);
            double sum = 0;
            for (int i = 0; i < 50; i++) {
                run(200, 0.3, loss);
                sum += estimator.returnLoss();
            }
            assertThat(sum / 50).isBetween(loss - 0.05, loss + 0.05);
        }
    }

    @Test
    void asksMoreOftenTheMoreIsLost() {
        run(2000, 0.5, 0.3);
        int some = estimator.copies(ROUNDS);
        run(2000, 0.5, 0.7);
        assertThat(estimator.copies(ROUNDS)).isGreaterThan(some).isLessThanOrEqualTo(6);
    }

    @Test
    void asksMoreOftenWhenThereIsLittleTime() {
        run(2000, 0.2, 0.2);
        assertThat(estimator.copies(4)).isGreaterThan(estimator.copies(30));
    }

    @Test
    void stopsRepeatingWhenTheReturnPathIsDeadOrClean() {
        run(2000, 0.5, 1);
        assertThat(estimator.copies(ROUNDS)).isEqualTo(1);
        run(4000, 0.5, 0.5);
        assertThat(estimator.copies(ROUNDS)).isGreaterThan(1);
        run(4000, 0.5, 0);
        assertThat(estimator.copies(ROUNDS)).isEqualTo(1);
    }

    @Test
    void anAnswerThatCameLateWasAnAnswer() {
        for (int i = 0; i < 500; i++) {
            estimator.onOriginal(0);
            estimator.onProbe(false);
            estimator.onLateAnswer();
        }
        assertThat(estimator.returnLoss()).isLessThan(0.02);
    }

    @Test
    void anOriginalThatCameLateWasNotLost() {
        for (int i = 0; i < 1000; i++) {
            estimator.onOriginal(1);
            estimator.onReordered();
        }
        assertThat(estimator.forwardLoss()).isLessThan(0.02);
    }
}
