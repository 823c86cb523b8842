package io.rist4j.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

class EndpointCacheTest {
    private static final long MAPPED = 0x0000_FFFF_0000_0000L;

    private final EndpointCache cache = new EndpointCache();

    @Test
    void givesTheSameObjectForTheSameSource() {
        Endpoint first = cache.get(0, MAPPED | 0x0A000001, 0, 5000);
        cache.get(0, MAPPED | 0x0A000002, 0, 5000);
        assertThat(cache.get(0, MAPPED | 0x0A000001, 0, 5000)).isSameAs(first);
        assertThat(first).isEqualTo(Endpoint.ipv4(0x0A000001, 5000));
    }

    @Test
    void tellsScopesAndPortsApart() {
        Endpoint plain = cache.get(0xFE80L << 48, 1, 0, 5000);
        assertThat(cache.get(0xFE80L << 48, 1, 2, 5000)).isNotEqualTo(plain);
        assertThat(cache.get(0xFE80L << 48, 1, 0, 5001)).isNotEqualTo(plain);
    }

    @Test
    void knowsASourceThatSendsDuringAFlood() {
        Endpoint steady = cache.get(0, MAPPED | 0x0A000001, 0, 5000);
        for (int i = 0; i < 100_000; i++) {
            cache.get(0, MAPPED | 0x0B000000 | i, 0, i & 0xFFFF);
            assertThat(cache.get(0, MAPPED | 0x0A000001, 0, 5000)).isSameAs(steady);
        }
    }
}
