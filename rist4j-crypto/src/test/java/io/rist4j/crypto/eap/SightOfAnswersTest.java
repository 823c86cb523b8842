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
        sight.onStray(3, 200);

        sight.onAsked(9);
        sight.onAnswer();

        assertThat(sight.isShown()).isFalse();
    }

    @Test
    void theFourthStraySpoilsAnExchange() {
        sight.onAsked(255);

        for (int stray = 3; stray < 3 + SightOfAnswers.MOST_STRAYS; stray++) {
            sight.onStray(stray, 1);
            assertThat(sight.isSpoiled()).isFalse();
        }
        sight.onStray(3, 1);
        assertThat(sight.isSpoiled()).isTrue();
        sight.onAsked(9);
        assertThat(sight.isSpoiled()).isFalse();
    }

    @Test
    void inAnExchangeThatIsSpoiledNothingIsShown() {
        sight.onAsked(7);
        sight.onAnswer();
        sight.onAsked(200);
        sight.onAnswer();

        for (int stray = 0; stray <= SightOfAnswers.MOST_STRAYS; stray++) {
            assertThat(sight.isShown()).isTrue();
            sight.onStray(3, 200);
        }

        assertThat(sight.isShown()).isFalse();
    }

    @Test
    void twoAnswersAmongManyMakeItLikely() {
        for (int exchange = 0; exchange < 2; exchange++) {
            assertThat(sight.isLikely()).isFalse();
            sight.onAsked(200);
            for (int stray = 0; stray < 100; stray++) {
                sight.onStray(stray, 200);
            }
            sight.onAnswer();
        }
        assertThat(sight.isLikely()).isTrue();
        assertThat(sight.isShown()).isFalse();

        sight.onAsked(7); // and is not answered
        sight.onAsked(9);
        assertThat(sight.isLikely()).isFalse();
    }

    @Test
    void copiesOfAnExchangesOwnFramesDoNot() {
        sight.onAsked(255);

        for (int copies = 0; copies < 100; copies++) {
            sight.onStray(255, 1);
            sight.onStray(0, 1);
            sight.onStray(1, 1);
        }
        assertThat(sight.isSpoiled()).isFalse();
    }
}
