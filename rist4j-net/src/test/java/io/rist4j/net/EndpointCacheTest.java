package io.rist4j.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

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
    void hundredsOfPeersHaveRoom() {
        Set<Endpoint> first = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 256; i++) {
            first.add(cache.get(0, MAPPED | 0x0A000001 + i, 0, 5000));
        }
        int same = 0;
        for (int i = 0; i < 256; i++) {
            same += first.contains(cache.get(0, MAPPED | 0x0A000001 + i, 0, 5000)) ? 1 : 0;
        }
        assertThat(same).isGreaterThan(250);
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
