package io.rist4j.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NtpTimeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void countsFrom1900() {
        assertThat(NtpTime.ofUnixNs(0)).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.ofUnixNs(SECOND / 2)).isEqualTo((2_208_988_800L << 32) | 0x8000_0000L);
    }

    @Test
    void comesBackToTheSameInstant() {
        long instant = 1_800_000_000L * SECOND + 123_456_789;
        long back = NtpTime.toUnixNs(NtpTime.ofUnixNs(instant), instant + 10 * SECOND);
        assertThat(Math.abs(back - instant)).isLessThan(3);
    }

    @Test
    void findsTheEraAfter2036() {
        long instant = 2_100_000_000L * SECOND; // July 2036, in the second era
        long ntp = NtpTime.ofUnixNs(instant);
        assertThat(ntp >>> 32).isLessThan(2_208_988_800L);
        assertThat(Math.abs(NtpTime.toUnixNs(ntp, instant - SECOND) - instant)).isLessThan(3);
    }

    @Test
    void subtractsAcrossTheEras() {
        long before = NtpTime.ofUnixNs(2_085_978_495L * SECOND); // 1 s before the wrap
        long after = NtpTime.ofUnixNs(2_085_978_497L * SECOND);
        assertThat(NtpTime.differenceNs(after, before)).isEqualTo(2 * SECOND);
        assertThat(NtpTime.differenceNs(before, after)).isEqualTo(-2 * SECOND);
    }

    @Test
    void quotesTheMiddle() {
        assertThat(NtpTime.middle32(0x1234_5678_9ABC_DEF0L)).isEqualTo(0x5678_9ABCL);
        assertThat(NtpTime.middle32(0xFFFF_FFFF_FFFF_FFFFL)).isEqualTo(0xFFFF_FFFFL);
    }
}
