package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@ExtendWith(TooSlowHere.class)
class ImpairCommandTest {
    private final ConsoleRecorder console = new ConsoleRecorder();

    @Test
    void endsByItself() {
        assertThat(
                        console.run(
                                "impair",
                                "-i",
                                "127.0.0.1:" + LocalPorts.freePair(),
                                "-o",
                                ":9",
                                "--seconds",
                                "0.01"))
                .isZero();
        assertThat(console.err()).contains("there 0 packets");
    }

    @Test
    void forwardsUntilItIsInterrupted() throws Exception {
        try (var target = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            target.setSoTimeout(100);
            int port = LocalPorts.freePair();
            var running =
                    CompletableFuture.supplyAsync(() ->
                            console.run(
                                    "impair",
                                    "-i",
                                    "127.0.0.1:" + port,
                                    "-o",
                                    "127.0.0.1:" + target.getLocalPort(),
                                    "--ports",
                                    "1",
                                    "--loss",
                                    "0,100",
                                    "--delay",
                                    "1"));
            byte[] got = LocalPorts.exchange(peer, target, port, new byte[] {42});
            console.stop().raise();

            assertThat(got).containsExactly(42);
            assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(130);
            assertThat(console.err()).contains("loss=1.0");
        }
    }

    @Test
    void failsForAPortInUse() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + socket.getLocalPort();

            assertThat(console.run("impair", "-i", address, "-o", ":9")).isEqualTo(1);
            assertThat(console.err()).startsWith("rist impair: cannot bind").contains(address);
        }
    }
}
