package io.rist4j.session;

import static io.rist4j.session.TwoEnds.MS;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often a round trip is asked for. */
class EchoPaceTest {
    private final EchoPace pace = new EchoPace();
    private long nowNs;

    /** Reports for so long, ten a second; returns how many of them ask. */
    private int asked(int seconds, int mediaPerSecond, boolean answered) {
        int asked = 0;
        for (int i = 0; i < 10 * seconds; i++) {
            nowNs += 100 * MS;
            long media = nowNs * mediaPerSecond / (1_000 * MS);
            if (pace.asks(nowNs, media)) {
                pace.onAsked(nowNs, media);
                asked++;
                if (answered) {
                    pace.onAnswered(false);
                }
            }
        }
        return asked;
    }

    @Test
    void everyReportAsksUntilTheRoundTripIsKnown() {
        assertThat(asked(1, 0, true)).isEqualTo(EchoPace.SETTLING_ANSWERS);
    }

    @Test
    void withoutMediaItIsAskedForOnceASecond() {
        asked(1, 0, true);
        assertThat(asked(10, 0, true)).isEqualTo(10);
    }

    @Test
    void besideMediaItIsAskedForOnceInTenPackets() {
        asked(1, 0, true);
        asked(1, 20, true);
        assertThat(asked(10, 20, true)).isEqualTo(20);
        assertThat(asked(10, 9_500, true)).as("with each report").isEqualTo(100);
    }

    @Test
    void aPeerThatDoesNotAnswerIsAskedWithEveryReport() {
        assertThat(asked(10, 0, false)).isEqualTo(100);
    }

    @Test
    void whatGotLostIsAskedAgainWithTheNextReport() {
        asked(2, 0, true);
        assertThat(asked(3, 0, false)).as("in two seconds").isBetween(19, 22);
        pace.onAnswered(false);
        assertThat(asked(10, 0, true)).isEqualTo(10);
    }

    @Test
    void aSurprisingRoundTripIsAskedForUntilItIsKnown() {
        asked(2, 0, true);
        pace.onAnswered(true);
        assertThat(asked(1, 0, true)).isEqualTo(10);
        assertThat(asked(1, 0, true)).isEqualTo(1);
    }

    @Test
    void aPeerThatComesBackIsAskedAnew() {
        asked(2, 0, true);
        pace.restart();
        assertThat(asked(1, 0, true)).isEqualTo(10);
    }
}
