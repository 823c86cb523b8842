package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Listening on port 0: the system chooses, and the handle tells. */
class GivenPortTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(strings = {"simple", "main"})
    void aReceiverIsDialledAtThePortThatItTells(String profile) throws Exception {
        String query = "?buffer=100&profile=" + profile;
        try (RistReceiver rx = RistReceiver.listen("rist://@127.0.0.1:0" + query)) {
            int port = rx.localAddress().getPort();
            assertThat(port).isPositive();
            assertThat(rx.paths().get(0).port()).isZero();
            try (RistSender tx = RistSender.dial("rist://127.0.0.1:" + port + query)) {
                tx.awaitConnected(PATIENCE);
                tx.send(ByteBuffer.wrap(new byte[] {7}));
                ByteBuffer packet = ByteBuffer.allocate(RistReceiver.MAX_PAYLOAD_BYTES);
                assertThat(rx.receive(packet, PATIENCE)).isEqualTo(1);
                assertThat(packet.get(0)).isEqualTo((byte) 7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "main"})
    void aSenderIsDialledAtThePortThatItTells(String profile) throws Exception {
        String query = "?buffer=100&profile=" + profile;
        try (RistSender tx = RistSender.listen("rist://@127.0.0.1:0" + query);
                RistReceiver rx =
                        RistReceiver.dial(
                                "rist://127.0.0.1:" + tx.localAddress().getPort() + query)) {
            tx.awaitConnected(PATIENCE);
            tx.send(ByteBuffer.wrap(new byte[] {7}));
            assertThat(rx.receive(ByteBuffer.allocate(100), PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void onSimpleItIsAPairForEachPath() throws Exception {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (RistReceiver rx =
                RistReceiver.listen(RistConfig.simple().build(), loopback, loopback)) {
            List<Integer> ports =
                    rx.localAddresses().stream().map(InetSocketAddress::getPort).toList();

            assertThat(ports).hasSize(4).doesNotHaveDuplicates();
            assertThat(ports.get(0) % 2).isZero();
            assertThat(ports.get(1)).isEqualTo(ports.get(0) + 1);
            assertThat(ports.get(2) % 2).isZero();
            assertThat(ports.get(3)).isEqualTo(ports.get(2) + 1);
            assertThat(rx.localAddress()).isEqualTo(rx.localAddresses().get(0));
            assertThat(rx.toString())
                    .contains(" on 127.0.0.1:" + ports.get(0) + " on 127.0.0.1:" + ports.get(2));
        }
    }

    @Test
    void onMainItIsOneForEachPath() throws Exception {
        try (RistMultiReceiver rx =
                RistMultiReceiver.listen(
                        "rist://@127.0.0.1:0?profile=main", "rist://@127.0.0.1:0?profile=main")) {
            assertThat(rx.localAddresses()).hasSize(2).doesNotHaveDuplicates();
            int port = rx.localAddress().getPort();
            assertThat(rx.toString()).contains(" on 127.0.0.1:" + port + " on ");
            assertThatThrownBy(() -> rx.awaitConnected(Duration.ofMillis(1)))
                    .isInstanceOf(RistTimeoutException.class)
                    .hasMessageEndingWith(" on 127.0.0.1:" + port);
        }
    }

    @Test
    void isNoPortToDial() {
        assertThatThrownBy(() -> RistUri.parse("rist://127.0.0.1:0"))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("port 0 is outside 1..65535");
        assertThatThrownBy(() -> RistUri.dial("127.0.0.1", 0, RistConfig.main().build()))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("port 0 is outside 1..65535");
        assertThatThrownBy(() -> RistUri.dial("127.0.0.1", 0, RistConfig.simple().build()))
                .isInstanceOf(RistConfigException.class)
                .hasMessageStartingWith("port 0 is out of range; the simple profile takes");
        assertThatThrownBy(() -> RistUri.parse("rist://@127.0.0.1:-1"))
                .hasMessage("port -1 is outside 0..65535");
    }

    @Test
    void isNoPortOfAGroup() {
        assertThatThrownBy(() -> RistReceiver.listen("rist://@239.1.2.3:0"))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("port 0 of a multicast group is none that others know; name its port");
    }

    @Test
    void staysPortZeroInTheUrl() {
        RistUri uri = RistUri.parse("rist://@[::1]:0?buffer=100");

        assertThat(uri.port()).isZero();
        assertThat(uri.toString()).isEqualTo("rist://@[::1]:0?buffer=100");
        assertThat(RistUri.parse(uri.toString())).isEqualTo(uri);
        assertThat(RistUri.listen("::1", 0, uri.config())).isEqualTo(uri);
    }
}
