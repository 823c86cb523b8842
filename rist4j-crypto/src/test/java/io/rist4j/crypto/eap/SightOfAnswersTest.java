package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SightOfAnswersTest {
    private final SightOfAnswers sight = new SightOfAnswers();

    @Test
    void twoAnswersInARowShowIt() {
        sight.onAsked(7);
        sight.onAnswer();
        assertThat(sight.isShown()).isFalse();

        sight.onAsked(200);
        sight.onAnswer();

        assertThat(sight.isShown()).isTrue();
    }

    @Test
    void aRequestAnsweredWronglyInBetweenShowsNothing() {
        sight.onAsked(7);
        sight.onAnswer();
        sight.onAsked(200);
        assertThat(sight.isSpoiledBy(3, 200)).isFalse();

        sight.onAsked(9);
        sight.onAnswer();

        assertThat(sight.isShown()).isFalse();
    }

    @Test
    void theFourthStraySpoilsAnExchange() {
        sight.onAsked(255);

        for (int stray = 3; stray < 3 + SightOfAnswers.MOST_STRAYS; stray++) {
            assertThat(sight.isSpoiledBy(stray, 1)).isFalse();
        }
        assertThat(sight.isSpoiledBy(3, 1)).isTrue();
    }

    @Test
    void copiesOfAnExchangesOwnFramesDoNot() {
        sight.onAsked(255);

        for (int copies = 0; copies < 100; copies++) {
            assertThat(sight.isSpoiledBy(255, 1)).isFalse();
            assertThat(sight.isSpoiledBy(0, 1)).isFalse();
            assertThat(sight.isSpoiledBy(1, 1)).isFalse();
        }
    }
}
