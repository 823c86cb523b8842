package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class ReturnBudgetTest {
    @Test
    void withoutACeilingItPaysForEverything() {
        ReturnBudget budget = new ReturnBudget(0);
        budget.beginPass(0);
        for (int i = 0; i < 100_000; i++) {
            assertThat(budget.take(i * 2L)).isTrue();
        }
        assertThat(budget.readyNs()).isZero();
    }

    @Test
    void staysBelowItsCeiling() {
        long bitsPerSecond = 50_000;
        ReturnBudget budget = new ReturnBudget(bitsPerSecond);
        long bytes = 0;
        for (long nowNs = 0; nowNs < 10 * SessionTime.SECOND; nowNs += SessionTime.MILLISECOND) {
            budget.beginPass(nowNs);
            for (int i = 0; i < 20 && budget.take(i * 2L); i++) {
                bytes += i % 16 == 0 ? 76 : 4;
            }
        }
        assertThat(bytes * 8 / 10).isBetween(bitsPerSecond * 8 / 10, bitsPerSecond * 105 / 100);
    }

    @Test
    void aRunCostsLittleMoreThanItsFirstNumber() {
        ReturnBudget budget = new ReturnBudget(10_000);
        budget.beginPass(SessionTime.SECOND);
        for (int i = 0; i < 60_000; i++) {
            assertThat(budget.take(i)).isTrue();
        }
    }

    @Test
    void saysWhenItMayGoOn() {
        ReturnBudget budget = new ReturnBudget(8_000);
        long nowNs = 0;
        int passes = 0;
        while (nowNs < 10 * SessionTime.SECOND) {
            budget.beginPass(nowNs);
            for (int i = 0; i < 100 && budget.take(i * 2L); i++) {
                passes += i == 0 ? 1 : 0;
            }
            assertThat(budget.readyNs()).isGreaterThan(nowNs);
            nowNs = budget.readyNs();
        }
        assertThat(passes).isGreaterThan(90);
    }
}
