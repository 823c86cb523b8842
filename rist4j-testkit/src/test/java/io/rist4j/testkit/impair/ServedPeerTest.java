package io.rist4j.testkit.impair;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

final class ServedPeerTest {
    private static final Endpoint PEER = Endpoint.ipv4(0x7F000001, 5000);
    private static final Endpoint STRANGER = Endpoint.ipv4(0x7F000001, 6000);

    @Test
    void aStrangerIsNotServedWhileThePeerSpeaks() {
        var served = new ServedPeer();

        assertThat(served.serves(PEER, 0)).isTrue();
        assertThat(served.serves(STRANGER, 1)).isFalse();
        assertThat(served.serves(PEER, ServedPeer.SILENCE_NS - 1)).isTrue();
        assertThat(served.serves(STRANGER, ServedPeer.SILENCE_NS + 1)).isFalse();
        assertThat(served.endpoint()).isEqualTo(PEER);
    }

    @Test
    void whoeverSpeaksAfterASilenceIsServed() {
        var served = new ServedPeer();
        served.serves(PEER, 0);

        assertThat(served.serves(STRANGER, ServedPeer.SILENCE_NS)).isTrue();
        assertThat(served.serves(PEER, ServedPeer.SILENCE_NS)).isFalse();
        assertThat(served.endpoint()).isEqualTo(STRANGER);
    }
}
