package io.rist4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rist4j.RistClosedException;
import io.rist4j.RistMultiReceiver;
import io.rist4j.RistSender;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Every example, over UDP on loopback. */
@Timeout(60)
class ExamplesTest {
    private static final byte[] MEDIA = media();

    @TempDir private Path directory;

    private static byte[] media() {
        byte[] bytes = new byte[200 * 1316 + 17];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aFileArrives() throws Exception {
        Path in = Files.write(directory.resolve("in.ts"), MEDIA);
        Path out = directory.resolve("out.ts");
        int port = freePort();
        FutureTask<Void> receiving =
                start(() -> {
                    ReceiveFile.receive("rist://@127.0.0.1:" + port + "?buffer=200", out);
                    return null;
                });

        SendFile.send(in, "rist://127.0.0.1:" + port + "?buffer=200", 20_000_000);
        receiving.get();

        assertThat(Files.mismatch(in, out)).isEqualTo(-1);
    }

    @Test
    void aServiceSeesItsMeters() throws Exception {
        int port = freePort();
        var registry = new SimpleMeterRegistry();
        try (var metered = new Metered("rist://@127.0.0.1:" + port + "?buffer=50", registry);
                RistSender sender = RistSender.dial("rist://127.0.0.1:" + port + "?buffer=50")) {
            sender.awaitConnected(Duration.ofSeconds(30));
            while (metered.receivedBytes() == 0
                    || registry.get("rist.receiver.delivered.bytes").functionCounter().count()
                            == 0) {
                sender.send(ByteBuffer.wrap(MEDIA, 0, 1316));
                Thread.sleep(Duration.ofMillis(5));
            }
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aStreamArrivesOverTwoPaths() throws Exception {
        int one = freePort();
        int other = freePort();
        var out = new ByteArrayOutputStream();
        FutureTask<Void> receiving =
                start(() -> {
                    TwoPaths.receive(
                            out,
                            "rist://@127.0.0.1:" + one + "?buffer=200",
                            "rist://@127.0.0.1:" + other + "?buffer=200");
                    return null;
                });

        TwoPaths.send(
                new ByteArrayInputStream(MEDIA),
                "rist://127.0.0.1:" + one + "?buffer=200",
                "rist://127.0.0.1:" + other + "?buffer=200");
        receiving.get();

        assertThat(out.toByteArray()).isEqualTo(MEDIA);
    }

    @Test
    void aHandlerSeesEveryPacket() throws Exception {
        int port = freePort();
        try (var embedded = new Embedded("rist://@127.0.0.1:" + port + "?buffer=100")) {
            try (RistSender sender = RistSender.dial("rist://127.0.0.1:" + port + "?buffer=100")) {
                sender.awaitConnected(Duration.ofSeconds(10));
                sender.send(ByteBuffer.wrap(MEDIA, 0, 1316));
                sender.send(ByteBuffer.wrap(MEDIA, 1316, 1316));
            }
            while (embedded.receivedBytes() < 2 * 1316) {
                Thread.onSpinWait(); // until the class's timeout
            }
            assertThat(embedded.receivedBytes()).isEqualTo(2 * 1316);
            assertThat(embedded.lostPackets()).isZero();
        }
    }

    @Test
    void everySenderIsRecordedByItself() throws Exception {
        String to = "127.0.0.1:" + freePort() + "?buffer=100&session-timeout=500";
        try (RistMultiReceiver port = RistMultiReceiver.listen("rist://@" + to)) {
            FutureTask<Void> receiving =
                    start(() -> {
                        ManyFlows.receive(port, directory);
                        return null;
                    });
            try (RistSender one = RistSender.dial("rist://" + to + "&flow-id=4096");
                    RistSender other = RistSender.dial("rist://" + to + "&flow-id=8192")) {
                one.awaitConnected(Duration.ofSeconds(10));
                other.awaitConnected(Duration.ofSeconds(10));
                one.send(ByteBuffer.wrap(MEDIA, 0, 1316));
                other.send(ByteBuffer.wrap(MEDIA, 1316, 1316));
                awaitBytes(directory.resolve("00001000.ts"));
                awaitBytes(directory.resolve("00002000.ts"));
            }
            assertThat(Files.readAllBytes(directory.resolve("00001000.ts")))
                    .isEqualTo(Arrays.copyOfRange(MEDIA, 0, 1316));
            assertThat(Files.readAllBytes(directory.resolve("00002000.ts")))
                    .isEqualTo(Arrays.copyOfRange(MEDIA, 1316, 2 * 1316));
            port.close(Duration.ZERO);
            assertThatThrownBy(receiving::get).hasCauseInstanceOf(RistClosedException.class);
        }
    }

    @Test
    void packetsOfManyPortsAreTaken() throws Exception {
        String one = "127.0.0.1:" + freePort() + "?buffer=100";
        String other = "127.0.0.1:" + freePort() + "?buffer=100";
        try (var gateway = new ManyPorts(2, List.of("rist://@" + one, "rist://@" + other));
                RistSender toOne = RistSender.dial("rist://" + one);
                RistSender toOther = RistSender.dial("rist://" + other)) {
            toOne.awaitConnected(Duration.ofSeconds(10));
            toOther.awaitConnected(Duration.ofSeconds(10));
            toOne.send(ByteBuffer.wrap(MEDIA, 0, 1316));
            toOther.send(ByteBuffer.wrap(MEDIA, 0, 1316));
            while (gateway.packets() < 2) {
                Thread.onSpinWait(); // until the class's timeout
            }
        }
    }

    private static void awaitBytes(Path file) throws IOException {
        while (!Files.exists(file) || Files.size(file) < 1316) {
            Thread.onSpinWait(); // until the class's timeout
        }
    }

    private static FutureTask<Void> start(Callable<Void> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** An even port that was free together with the next one a moment ago. */
    private static int freePort() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 0; attempt < 100; attempt++) {
            try (var any = new DatagramSocket(0, loopback);
                    var other = new DatagramSocket(any.getLocalPort() ^ 1, loopback)) {
                return Math.min(any.getLocalPort(), other.getLocalPort());
            } catch (IOException taken) {
                // another attempt
            }
        }
        throw new IllegalStateException("no free pair of ports");
    }
}
