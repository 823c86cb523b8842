package io.rist4j.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

class OffloadLimitsTest {
    private static final Endpoint A = Endpoint.ipv4(0x0A000001, 5000);
    private static final Endpoint B = Endpoint.ipv4(0x0A000002, 5000);

    private final OffloadLimits limits = new OffloadLimits(true);

    @Test
    void aPathWithASmallMtuTakesRunsOfShorterDatagrams() {
        limits.refuse(A, 1400, Libc.EINVAL);
        assertThat(limits.limitBytes(A)).isEqualTo(1400);
        assertThat(limits.limitBytes(B)).isEqualTo(Integer.MAX_VALUE);
        assertThat(limits.isEnabled()).isTrue();
        assertThat(limits.refusals()).isEqualTo(1);
    }

    @Test
    void aDeviceWithoutOffloadTakesNone() {
        limits.refuse(A, 1400, Libc.EIO);
        assertThat(limits.limitBytes(A)).isZero();
        assertThat(limits.limitBytes(B)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aKernelThatDoesNotKnowRunsTakesNoneAnywhere() {
        limits.refuse(A, 1400, Libc.ENOPROTOOPT);
        assertThat(limits.limitBytes(B)).isZero();
        assertThat(limits.isEnabled()).isFalse();
        assertThat(new OffloadLimits(false).limitBytes(A)).isZero();
    }

    @Test
    void remembersABoundedNumberOfDestinations() {
        for (int i = 0; i < 1000; i++) {
            limits.refuse(Endpoint.ipv4(i, 5000), 1400, Libc.EIO);
        }
        assertThat(limits.isEnabled()).isFalse();
        assertThat(limits.limitBytes(B)).isZero();
    }
}
