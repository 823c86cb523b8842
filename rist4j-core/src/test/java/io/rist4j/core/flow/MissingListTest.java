package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class MissingListTest {
    private final MissingList list = new MissingList(1000);

    @Test
    void findsEntriesByPosition() {
        for (int i = 0; i < 900; i++) {
            assertThat(list.add(i * 3L, i, 0)).isTrue();
        }
        assertThat(list.position(list.find(600))).isEqualTo(600);
        assertThat(list.find(601)).isEqualTo(-1);
        assertThat(list.open()).isEqualTo(900);
    }

    @Test
    void refusesMoreThanItsBound() {
        for (int i = 0; i < 1000; i++) {
            assertThat(list.add(i, 0, 0)).isTrue();
        }
        assertThat(list.add(1000, 0, 0)).isFalse();
        assertThat(list.size()).isEqualTo(1000);
    }

    @Test
    void keepsOrderAndStateThroughASweep() {
        for (int i = 0; i < 10; i++) {
            list.add(i, i * 100L, i == 7 ? MissingList.SOFT : 0);
        }
        list.beginRound(7, 55, 3);
        list.repeat(7);
        list.fill(list.find(4));
        list.beginSweep();
        for (int i = 0; i < list.size(); i++) {
            if (list.position(i) < 2 || list.is(i, MissingList.FILLED)) {
                list.drop(i);
            } else {
                list.keep(i);
            }
        }
        list.endSweep();
        assertThat(list.size()).isEqualTo(7);
        assertThat(list.open()).isEqualTo(7);
        int seven = list.find(7);
        assertThat(list.rounds(seven)).isEqualTo(1);
        assertThat(list.requests(seven)).isEqualTo(2);
        assertThat(list.repeats(seven)).isEqualTo(2);
        assertThat(list.roundNs(seven)).isEqualTo(55);
        assertThat(list.is(seven, MissingList.SOFT)).isTrue();
        assertThat(list.find(4)).isEqualTo(-1);
        assertThat(list.nextNs(list.find(9))).isEqualTo(900);
    }

    @Test
    void countsOnlyWhatHasNotCome() {
        list.add(1, 0, 0);
        list.add(2, 0, 0);
        list.fill(0);
        assertThat(list.open()).isEqualTo(1);
        assertThat(list.nextNs(0)).isEqualTo(SessionTime.NEVER);
        list.clear();
        assertThat(list.open()).isZero();
        assertThat(list.earliestNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void startsANewEntryWithoutThePast() {
        list.add(1, 0, MissingList.PROBE);
        list.beginRound(0, 9, 5);
        list.clear();
        list.add(2, 4, 0);
        assertThat(list.rounds(0)).isZero();
        assertThat(list.requests(0)).isZero();
        assertThat(list.repeats(0)).isZero();
        assertThat(list.is(0, MissingList.PROBE)).isFalse();
    }
}
