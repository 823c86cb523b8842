package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.net.PumpConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What cannot be opened says why, and leaves nothing behind. */
@Timeout(180)
class OpeningTest {
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private RistPump pump() {
        return RistPump.start(
                PumpConfig.defaults().withFailureListener((source, cause) -> failures.add(cause)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "simple"})
    void thePumpSurvivesAHandleThatCouldNotBeOpened(String profile) throws Exception {
        try (RistPump pump = pump()) {
            RistSender.Builder sender =
                    RistSender.builder()
                            .pump(pump)
                            .path("rist://127.0.0.1:9998?miface=nope0&profile=" + profile);
            assertThatThrownBy(sender::open)
                    .isInstanceOf(RistBindException.class)
                    .hasMessageContaining("miface nope0 is no network interface of this host")
                    .hasMessageContaining(loopback());
        }
        assertThat(failures).isEmpty();
    }

    private static String loopback() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(OpeningTest::isLoopback)
                .findFirst()
                .orElseThrow()
                .getName();
    }

    private static boolean isLoopback(NetworkInterface one) {
        try {
            return one.isLoopback();
        } catch (SocketException gone) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "simple"})
    void aPortInUseIsNamedAndTheOtherPathsPortIsFreeAgain(String profile) throws Exception {
        int first = FreePorts.evenPort();
        int second = FreePorts.evenPort();
        try (var taken = new DatagramSocket(second, InetAddress.getLoopbackAddress());
                RistPump pump = pump()) {
            RistReceiver.Builder receiver =
                    RistReceiver.builder()
                            .pump(pump)
                            .path("rist://@127.0.0.1:" + first + "?profile=" + profile)
                            .path("rist://@127.0.0.1:" + second + "?profile=" + profile);
            assertThatThrownBy(receiver::open)
                    .isInstanceOf(RistBindException.class)
                    .hasMessageContaining("" + taken.getLocalPort());
            new DatagramSocket(first, InetAddress.getLoopbackAddress()).close();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void manyThatCouldNotBeOpenedAreNotRemembered() throws Exception {
        try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RistPump pump = pump()) {
            for (int i = 0; i < 10; i++) {
                RistReceiver.Builder receiver =
                        RistReceiver.builder()
                                .pump(pump)
                                .path(
                                        "rist://@127.0.0.1:"
                                                + taken.getLocalPort()
                                                + "?profile=main");
                assertThatThrownBy(receiver::open).isInstanceOf(RistBindException.class);
            }
            assertThat(pump.handles()).isZero();
        }
        assertThat(failures).isEmpty();
    }
}
