package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

/** What one word raises, and what takes it back. */
class SpokenVersionTest {
    private static final long MS = SessionTime.MILLISECOND;

    private final SpokenVersion version = new SpokenVersion(true);

    @Test
    void takesUpWhatThePeerShows() {
        assertThat(version.at(0)).isEqualTo(1);
        version.onSense(0, 0);
        assertThat(version.at(0)).isEqualTo(1);
        version.onSense(0, 2);
        assertThat(version.at(0)).isEqualTo(2);
    }

    @Test
    void staysWithAPeerThatSpeaksIt() {
        for (long ms = 0; ms < 10_000; ms += 100) {
            version.onSense(ms * MS, 2);
            version.onSense(ms * MS + 1, 1); // keep-alive messages in both framings
            assertThat(version.at(ms * MS)).isEqualTo(2);
        }
    }

    @Test
    void fallsBackWhenThePeerGoesOnByALowerOne() {
        version.onSense(0, 2);
        version.onSense(100 * MS, 1);
        version.onSense(200 * MS, 1);
        version.onSense(299 * MS, 1);
        assertThat(version.at(299 * MS)).isEqualTo(2);
        version.onSense(300 * MS, 1);
        assertThat(version.at(300 * MS)).isEqualTo(1);
    }

    @Test
    void needsThreeLowerWords() {
        version.onSense(0, 2);
        version.onSense(400 * MS, 1);
        version.onSense(500 * MS, 1);
        assertThat(version.at(500 * MS)).isEqualTo(2);
        version.onSense(600 * MS, 1);
        assertThat(version.at(600 * MS)).isEqualTo(1);
    }

    @Test
    void fallsBackWhenThePeerIsSilent() {
        version.onSense(0, 2);
        assertThat(version.at(1_000 * MS - 1)).isEqualTo(2);
        assertThat(version.at(1_000 * MS)).isEqualTo(1);
        version.onSense(2_000 * MS, 2);
        assertThat(version.at(2_000 * MS)).isEqualTo(2);
    }

    @Test
    void oneWordIsNotEnoughOnceItWasMistaken() {
        version.onSense(0, 2);
        for (int ms = 100; ms <= 300; ms += 100) {
            version.onSense(ms * MS, 1);
        }
        version.onSense(400 * MS, 2);
        assertThat(version.at(400 * MS)).isEqualTo(1);
        version.onSense(500 * MS, 1);
        version.onSense(600 * MS, 2);
        version.onSense(700 * MS, 2);
        assertThat(version.at(700 * MS)).isEqualTo(1);
        version.onSense(800 * MS, 2);
        assertThat(version.at(800 * MS)).isEqualTo(2);
    }

    @Test
    void isForgottenWhenThePeerIsCalledAnew() {
        version.onSense(0, 2);
        version.forget();
        assertThat(version.at(1)).isEqualTo(1);
    }

    @Test
    void aListenerAnswersAsItIsSpokenTo() {
        var listener = new SpokenVersion(false);
        assertThat(listener.at(0)).isZero();
        listener.onContact(0, 2);
        assertThat(listener.at(0)).isEqualTo(2);
        listener.onContact(1, 1);
        assertThat(listener.at(1)).isEqualTo(2);

        var old = new SpokenVersion(false);
        old.onContact(0, 0);
        assertThat(old.at(5_000 * MS)).isZero();
    }

    @Test
    void lowerWordsTellNothingSoLateAfterTheStartAsTheyMayCome() {
        version.onSense(5_000 * MS, 2);
        for (int ms = 5_050; ms < 5_300; ms += 50) {
            version.onSense(ms * MS, 1);
        }
        assertThat(version.at(5_299 * MS)).isEqualTo(2);
        version.onSense(5_300 * MS, 1);
        assertThat(version.at(5_300 * MS)).isEqualTo(1);
    }

    @Test
    void wordsLowerThanTheFirstAreNoMistake() {
        for (int ms = 0; ms <= 1_000; ms += 100) {
            version.onSense(ms * MS, 0);
        }
        version.onSense(1_100 * MS, 2);
        assertThat(version.at(1_100 * MS)).isEqualTo(2);
    }

    private void mistake() {
        version.onSense(0, 2);
        for (int ms = 100; ms <= 400; ms += 100) {
            version.onSense(ms * MS, 1);
        }
        assertThat(version.at(400 * MS)).isEqualTo(1);
    }

    @Test
    void whatSilenceTookBackIsNotTakenUpByOneWordEither() {
        mistake();
        for (int ms = 500; ms <= 700; ms += 100) {
            version.onSense(ms * MS, 2);
        }
        assertThat(version.at(700 * MS)).isEqualTo(2);
        version.onSense(1_700 * MS, 2);
        assertThat(version.at(1_700 * MS)).isEqualTo(1);
    }

    @Test
    void threeWordsInARowAreEnoughHoweverFarApart() {
        mistake();
        version.onSense(1_300 * MS, 2);
        version.onSense(1_350 * MS, 2);
        version.onSense(5_000 * MS, 2);
        assertThat(version.at(5_000 * MS)).isEqualTo(2);
    }
}
