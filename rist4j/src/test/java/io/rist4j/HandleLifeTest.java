package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Handles on shared pumps: how they are opened, and that nothing is left of them. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class HandleLifeTest {
    private static List<String> sharedPumps() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("rist4j-shared"))
                .toList();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        for (int round = 0; round < 3; round++) {
            var handles = new ArrayList<RistHandle>();
            for (int i = 0; i < 4; i++) {
                int port = FreePorts.evenPort();
                handles.add(RistReceiver.listen("rist://@127.0.0.1:" + port));
                handles.add(RistSender.dial("rist://127.0.0.1:" + port));
            }
            assertThat(sharedPumps().size())
                    .isBetween(1, Runtime.getRuntime().availableProcessors());
            handles.forEach(RistHandle::close);
            Await.until("threads end", () -> sharedPumps().isEmpty());
        }
    }

    @Test
    void leavesNoThreadBehindWhenItCannotOpen() throws Exception {
        int port = FreePorts.evenPort();
        try (RistReceiver rx = RistReceiver.listen("rist://@127.0.0.1:" + port)) {
            assertThat(rx.isConnected()).isFalse();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> RistReceiver.listen("rist://@127.0.0.1:" + port))
                        .isInstanceOf(RistBindException.class);
            }
        }
        Await.until("threads end", () -> sharedPumps().isEmpty());
    }

    @Test
    void opensFromSettingsAndAddresses() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.evenPort());
        RistConfig config =
                RistConfig.simple().recoveryBuffer(java.time.Duration.ofMillis(100)).build();
        try (RistReceiver rx = RistReceiver.listen(config, address);
                RistSender tx = RistSender.dial(config, address)) {
            tx.awaitConnected(PATIENCE);
            tx.send(ByteBuffer.allocate(10).put(0, (byte) 1));

            assertThat(requireNonNull(rx.receiveBlock(PATIENCE)).payloadBytes()).isEqualTo(10);
            assertThat(tx.config()).isEqualTo(config);
            assertThat(rx.paths()).singleElement().matches(RistUri::isListening);
        }
    }

    @Test
    void worksOverIpv6() throws Exception {
        int port = FreePorts.evenPort();
        try (RistReceiver rx = RistReceiver.listen("rist://@[::1]:" + port + "?buffer=100");
                RistSender tx = RistSender.dial("rist://[::1]:" + port + "?buffer=100")) {
            tx.awaitConnected(PATIENCE);
            tx.send(ByteBuffer.allocate(10).put(0, (byte) 1));

            RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
            assertThat(requireNonNull(block.peer()).getAddress())
                    .isEqualTo(
                            InetAddress.getByAddress(
                                    new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
        }
    }

    @Test
    void refusesToDialWhatListensAndToListenOnWhatDials() {
        assertThatThrownBy(() -> RistSender.dial("rist://@:5000"))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("rist://@0.0.0.0:5000 listens; to dial leave the @ away");
        assertThatThrownBy(() -> RistReceiver.listen("rist://:5000"))
                .isInstanceOf(RistConfigException.class);
        assertThatThrownBy(() -> RistReceiver.listen("rist://192.0.2.1:5000"))
                .hasMessage("192.0.2.1:5000 is dialled; to listen write rist://@192.0.2.1:5000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "main"})
    void closingASenderIsOverWhenItsPeerHasAll(String profile) throws Exception {
        String query = "?buffer=30000&profile=" + profile;
        try (RistReceiver rx = RistReceiver.listen("rist://@127.0.0.1:0" + query)) {
            RistSender tx =
                    RistSender.dial("rist://127.0.0.1:" + rx.localAddress().getPort() + query);
            tx.awaitConnected(Duration.ofSeconds(10));
            for (int i = 0; i < 20; i++) {
                tx.send(ByteBuffer.allocate(100));
            }
            tx.close();

            HandleCore core = tx.core();
            assertThat(tx.stats().sentPackets()).isEqualTo(20);
            assertThat(core.pump().clock().nowNs())
                    .isLessThan(core.host().session().sending().flow(0).drainedNs());
        }
    }
}
