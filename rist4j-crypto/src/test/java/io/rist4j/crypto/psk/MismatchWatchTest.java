package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MismatchWatchTest {
    private final MismatchWatch watch = new MismatchWatch();

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void reportsAMismatchOnceInAWhile(SecretMismatch kind) {
        for (int i = 1; i < MismatchWatch.PACKETS; i++) {
            assertThat(watch.onBad(0, kind)).isEqualTo(SecretMismatch.NONE);
        }
        assertThat(watch.onBad(0, kind)).isEqualTo(kind);
        for (int i = 0; i < 100; i++) {
            assertThat(watch.onBad(MismatchWatch.QUIET_NS - 1, kind))
                    .isEqualTo(SecretMismatch.NONE);
        }
        assertThat(watch.onBad(MismatchWatch.QUIET_NS, kind)).isEqualTo(kind);
    }

    @Test
    void staysQuietWhileSomeMakesSense() {
        for (int i = 0; i < 100; i++) {
            for (int bad = 1; bad < MismatchWatch.PACKETS; bad++) {
                assertThat(watch.onBad(i, SecretMismatch.WRONG_SECRET))
                        .isEqualTo(SecretMismatch.NONE);
            }
            watch.onGood();
        }
    }
}
