package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeardNoncesTest {
    private static final long MS = 1_000_000;
    private static final int NONCE = 0x8012_3456;

    private final HeardNonces heard = new HeardNonces();

    @Test
    void takesWhatIsNewerAndNothingElse() {
        assertThat(heard.isNew(0, NONCE, 0, 77)).isTrue();
        heard.note(0, NONCE, 0, 100);

        assertThat(heard.isNew(0, NONCE, 0, 101)).isTrue();
        assertThat(heard.isNew(0, NONCE, 0, 100)).isFalse();
        assertThat(heard.isNew(0, NONCE, 0, 99)).isFalse();
        assertThat(heard.isNew(0, NONCE + 1, 0, 99)).isTrue();
    }

    @Test
    void goesOnAcrossTheWrapAndNeverBack() {
        heard.note(0, NONCE, 0, -2);
        heard.note(0, NONCE, 0, 3);
        heard.note(0, NONCE, 0, -1);

        assertThat(heard.isNew(0, NONCE, 0, 3)).isFalse();
        assertThat(heard.isNew(0, NONCE, 0, 4)).isTrue();
    }

    @Test
    void takesACopyAtAnotherSocketWhileItIsFresh() {
        heard.note(0, NONCE, 0, 10_000);

        assertThat(heard.isNew(1_000 * MS, NONCE, 1, 10_000)).isTrue();
        assertThat(heard.isNew(1_000 * MS, NONCE, 1, 10_000 - 4_095)).isTrue();
        assertThat(heard.isNew(1_000 * MS, NONCE, 1, 10_000 - 4_096)).isFalse();
        assertThat(heard.isNew(1_000 * MS + 1, NONCE, 1, 10_000)).isFalse();
        assertThat(heard.isNew(1_000 * MS + 1, NONCE, 1, 10_001)).isTrue();
    }

    @Test
    void takesACopyAtEachSocketOnce() {
        heard.note(0, NONCE, 0, 100);
        heard.note(0, NONCE, 1, 90);

        assertThat(heard.isNew(0, NONCE, 1, 90)).isFalse();
        assertThat(heard.isNew(0, NONCE, 1, 91)).isTrue();
        assertThat(heard.isNew(0, NONCE, 0, 91)).isFalse();
        assertThat(heard.isNew(1_001 * MS, NONCE, 1, 91)).isFalse();
    }

    /** Two entries for each nonce: its socket's, and that of all. */
    @Test
    void remembersTheLatestThousandsAndThoseInUse() {
        heard.note(0, NONCE, 0, 100);
        for (int other = 1; other < 40_000; other++) {
            heard.note(0, other, 0, 5);
            if (other % 1_000 == 0) {
                heard.note(0, NONCE, 0, 100);
            }
        }

        for (int other = 40_000 - 8_192; other < 40_000; other++) {
            assertThat(heard.isNew(0, other, 0, 5)).isFalse();
        }
        assertThat(heard.isNew(0, NONCE, 0, 100)).isFalse();
        assertThat(heard.isNew(0, 1, 0, 5)).isTrue();
    }

    @Test
    void aCopyIsFreshForASecondWheneverItComes() {
        heard.note(10_000 * MS, NONCE, 0, 100);
        assertThat(heard.isNew(11_000 * MS, NONCE, 1, 100)).isTrue();
        assertThat(heard.isNew(11_000 * MS + 1, NONCE, 1, 100)).isFalse();
    }

    private void noteOthers(int first, int count) {
        for (int other = first; other < first + count; other++) {
            heard.note(0, other, 0, 5);
        }
    }

    /** What is noted of a nonce of long ago is where it had come to, or further. */
    @Test
    void whatIsNotedAgainNeverGoesBack() {
        heard.note(0, NONCE, 0, 100);
        heard.note(0, NONCE + 1, 0, 100);
        noteOthers(1, 8_192);
        heard.note(0, NONCE, 0, 90);
        heard.note(0, NONCE + 1, 0, 200);

        assertThat(heard.isNew(0, NONCE, 0, 100)).isFalse();
        assertThat(heard.isNew(0, NONCE, 0, 101)).isTrue();
        assertThat(heard.isNew(0, NONCE + 1, 0, 200)).isFalse();
        assertThat(heard.isNew(0, NONCE + 1, 0, 201)).isTrue();
    }
}
