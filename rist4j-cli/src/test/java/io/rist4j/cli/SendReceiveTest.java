package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.cli.ts.TsGenerator;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Both commands in this process, over UDP on loopback. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class SendReceiveTest {
    private static final int PACKETS = 7 * 300; // 0.4 s of 8 Mb/s

    @TempDir private Path directory;
    private final ConsoleRecorder sender = new ConsoleRecorder();
    private final ConsoleRecorder receiver = new ConsoleRecorder();
    private final int port = LocalPorts.freePair();
    private Path in;
    private Path out;

    @BeforeEach
    void generate() throws IOException {
        in = directory.resolve("in.ts");
        out = directory.resolve("out.ts");
        ByteBuffer stream = ByteBuffer.allocate(PACKETS * 188);
        new TsGenerator(1, 8_000_000).write(stream, 0, PACKETS);
        Files.write(in, stream.array());
    }

    @ParameterizedTest
    @CsvSource({"auto, 1", "nio, 1", "auto, 0", "nio, simple"})
    void carryAFileByteForByte(String network, String profile) throws Exception {
        CompletableFuture<Integer> receiving =
                start(
                        receiver,
                        "receive",
                        "-i",
                        listen(),
                        "-o",
                        out.toString(),
                        "-x",
                        "--network",
                        network,
                        "-p",
                        profile);
        int sent =
                sender.run(
                        "send",
                        "-i",
                        in.toString(),
                        "-o",
                        dial(),
                        "--network",
                        network,
                        "-p",
                        profile);

        assertThat(sent).as(sender.err()).isZero();
        assertThat(receiving.get()).as(receiver.err()).isZero();
        assertThat(Files.mismatch(in, out)).isEqualTo(-1);
        assertThat(receiver.err()).contains("said goodbye").doesNotContain("no sender  ");
        assertThat(sender.err()).contains("  repeats ").doesNotContain("no receiver  ");
    }

    @Test
    void carryAFileOverTwoPathsIntoSeveralOutputs() throws Exception {
        int second = LocalPorts.freePair();
        Path other = directory.resolve("other.ts");
        CompletableFuture<Integer> receiving =
                start(
                        receiver,
                        "receive",
                        "-x",
                        "-i",
                        listen() + ",rist://@127.0.0.1:" + second + "?buffer=300",
                        "-o",
                        out + "," + other);
        int sent =
                sender.run(
                        "send",
                        "-i",
                        in.toString(),
                        "-o",
                        dial() + ",rist://127.0.0.1:" + second + "?buffer=300");

        assertThat(sent).as(sender.err()).isZero();
        assertThat(receiving.get()).as(receiver.err()).isZero();
        assertThat(Files.mismatch(in, out)).isEqualTo(-1);
        assertThat(Files.mismatch(in, other)).isEqualTo(-1);
    }

    @Test
    void carryUdpToUdpUntilTheyAreInterrupted() throws Exception {
        int input = freePort();
        try (var source = new DatagramSocket();
                var sink = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            sink.setSoTimeout(50);
            CompletableFuture<Integer> receiving =
                    start(
                            receiver,
                            "receive",
                            "-i",
                            listen(),
                            "-o",
                            "rtp://127.0.0.1:"
                                    + sink.getLocalPort()
                                    + ",udp://127.0.0.1:"
                                    + sink.getLocalPort(),
                            "-S",
                            "50");
            CompletableFuture<Integer> sending =
                    start(
                            sender,
                            "send",
                            "-i",
                            "udp://127.0.0.1:" + input,
                            "-o",
                            dial(),
                            "-S",
                            "50");
            byte[] payload = {0x47, 1, 2, 3};
            byte[] rtp = LocalPorts.exchange(source, sink, input, payload);
            byte[] udp = receive(sink);
            awaitText(receiver, "{\"receiver-stats\":{\"flowinstant\":{\"flow_id\":");
            awaitText(sender, "{\"sender-stats\":{\"peer\":{\"flow_id\":");
            sender.stop().raise();
            receiver.stop().raise();

            assertThat(udp).isEqualTo(payload);
            assertThat(rtp).hasSize(16).startsWith(0x80, 33).endsWith(payload);
            assertThat(sending.get()).isEqualTo(130);
            assertThat(receiving.get()).isEqualTo(130);
        }
    }

    @Test
    void playALoopUntilTheSenderIsInterrupted() throws Exception {
        CompletableFuture<Integer> receiving =
                start(receiver, "receive", "-i", listen(), "-o", out.toString(), "-x");
        CompletableFuture<Integer> sending =
                start(
                        sender,
                        "send",
                        "-i",
                        in.toString(),
                        "-o",
                        dial(),
                        "--loop",
                        "--bitrate",
                        "80M");
        while (!Files.exists(out) || Files.size(out) < 2 * Files.size(in)) {
            assertThat(sending).isNotDone();
            LockSupport.parkNanos(1_000_000);
        }
        sender.stop().raise();

        assertThat(sending.get()).isEqualTo(130);
        assertThat(receiving.get()).isZero();
        byte[] once = Files.readAllBytes(in);
        byte[] all = Files.readAllBytes(out);
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i]).isEqualTo(once[i % once.length]);
        }
    }

    @Test
    void senderWithoutAReceiverAnswers3() {
        assertThat(
                        sender.run(
                                "send",
                                "-i",
                                in.toString(),
                                "-o",
                                dial(),
                                "-f",
                                "1",
                                "--bitrate",
                                "800M"))
                .isEqualTo(3);
        assertThat(sender.err())
                .contains(
                        "rist send: no receiver came to "
                                + dial()
                                + ": nothing arrives from a receiver yet on the Main profile");
    }

    @Test
    void bothGiveUpWaitingAfterAWhile() {
        assertThat(sender.run("send", "-i", in.toString(), "-o", dial(), "--wait", "0.05"))
                .isEqualTo(3);
        assertThat(sender.err())
                .contains("rist send: no receiver came to " + dial() + " within 0.05 s")
                .contains("no receiver  ");

        assertThat(receiver.run("receive", "-i", listen(), "-o", out.toString(), "--wait", "0.05"))
                .isEqualTo(3);
        assertThat(receiver.err())
                .contains("no sender came to " + listen() + " within 0.05 s")
                .contains("no sender  ");
    }

    @Test
    void failWithOneLineWhenAPortIsInUse() throws IOException {
        try (var socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            assertThat(
                            receiver.run(
                                    "receive",
                                    "-p",
                                    "0",
                                    "-v",
                                    "3",
                                    "-i",
                                    listen(),
                                    "-o",
                                    out.toString()))
                    .isEqualTo(1);
            assertThat(receiver.err().lines().count()).isEqualTo(1);
            assertThat(receiver.err())
                    .startsWith("rist receive: ")
                    .contains("127.0.0.1:" + socket.getLocalPort());

            assertThat(sender.run("send", "-v", "3", "-i", "udp://127.0.0.1:" + port, "-o", dial()))
                    .isEqualTo(1);
            assertThat(sender.err().lines().count()).isEqualTo(1);
        }
    }

    @Test
    void failWithOneLineForAnUnknownHost() {
        assertThat(
                        sender.run(
                                "send",
                                "-v",
                                "3",
                                "-i",
                                in.toString(),
                                "-o",
                                "rist://no.such.host.invalid:5000"))
                .isEqualTo(1);
        assertThat(sender.err()).startsWith("rist send: ").contains("no.such.host.invalid");
        assertThat(sender.err().lines().count()).isEqualTo(1);
    }

    @Test
    void failWhenTheDiskIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");
        CompletableFuture<Integer> receiving =
                start(receiver, "receive", "-i", listen(), "-o", full.toString());
        CompletableFuture<Integer> sending =
                start(sender, "send", "-i", in.toString(), "-o", dial(), "--loop");

        assertThat(receiving.get()).isEqualTo(1);
        assertThat(receiver.err()).endsWith("rist receive: /dev/full: No space left on device\n");
        sender.stop().raise();
        assertThat(sending.get()).isEqualTo(130);
    }

    @Test
    void sendLinesToARemoteLog() throws Exception {
        try (var log = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            log.setSoTimeout(60_000);
            CompletableFuture<Integer> sending =
                    start(
                            sender,
                            "send",
                            "-i",
                            in.toString(),
                            "-o",
                            dial(),
                            "-r",
                            "127.0.0.1:" + log.getLocalPort());
            assertThat(new String(receive(log), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("info: sending");
            sender.stop().raise();
            assertThat(sending.get()).isEqualTo(130);
        }
    }

    private String listen() {
        return "rist://@127.0.0.1:" + port + "?buffer=300";
    }

    private String dial() {
        return "rist://127.0.0.1:" + port + "?buffer=300";
    }

    private static CompletableFuture<Integer> start(ConsoleRecorder console, String... args) {
        return CompletableFuture.supplyAsync(() -> console.run(args));
    }

    private static void awaitText(ConsoleRecorder console, String text) {
        while (!console.err().contains(text)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[2000], 2000);
        while (true) {
            try {
                socket.receive(packet);
                return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
            } catch (java.net.SocketTimeoutException e) {
                // once more; the test has a time limit
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
