package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.RistSender;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Outputs of {@code rist receive} that choose among the streams of several senders. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class StreamIdTest {
    private static final int PACKETS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConsoleRecorder receiver = new ConsoleRecorder();
    private final ConsoleRecorder sender = new ConsoleRecorder();

    private static DatagramSocket sink() throws Exception {
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static List<Integer> numbers(DatagramSocket sink, int packets) throws Exception {
        var numbers = new ArrayList<Integer>();
        var packet = new DatagramPacket(new byte[2_000], 2_000);
        try {
            while (numbers.size() < packets) {
                sink.receive(packet);
                numbers.add(ByteBuffer.wrap(packet.getData()).getInt(0));
            }
        } catch (SocketTimeoutException over) {
            // what came is told
        }
        return numbers;
    }

    private static List<Integer> sent(int first) {
        return IntStream.range(first, first + PACKETS).boxed().toList();
    }

    @Test
    void eachOutputGetsItsOwnSenderAndOneGetsAll() throws Exception {
        int port = LocalPorts.freePair();
        try (var first = sink();
                var second = sink();
                var all = sink()) {
            String to = "udp://127.0.0.1:";
            String outputs =
                    to
                            + first.getLocalPort()
                            + "?stream-id=1000,"
                            + to
                            + second.getLocalPort()
                            + "?stream-id=2000,"
                            + to
                            + all.getLocalPort();
            String input = "rist://@127.0.0.1:" + port + "?buffer=200";
            CompletableFuture<Integer> receiving =
                    CompletableFuture.supplyAsync(
                            () -> receiver.run("receive", "-x", "-i", input, "-o", outputs));
            String peer = "rist://127.0.0.1:" + port + "?profile=main&buffer=200&virt-dst-port=";
            try (RistSender one = RistSender.dial(peer + 1000);
                    RistSender other = RistSender.dial(peer + 2000)) {
                one.awaitConnected(PATIENCE);
                other.awaitConnected(PATIENCE);
                for (int i = 0; i < PACKETS; i++) {
                    one.send(ByteBuffer.allocate(188).putInt(0, i));
                    other.send(ByteBuffer.allocate(188).putInt(0, 1_000 + i));
                }
                assertThat(numbers(first, PACKETS)).isEqualTo(sent(0));
                assertThat(numbers(second, PACKETS)).isEqualTo(sent(1_000));
                List<Integer> both = new ArrayList<>(sent(0));
                both.addAll(sent(1_000));
                assertThat(numbers(all, 2 * PACKETS)).containsExactlyInAnyOrderElementsOf(both);
            }
            assertThat(receiving.get()).as(receiver.err()).isZero();
        }
    }

    @Test
    void streamsNeedTheMainProfile() {
        int code =
                receiver.run(
                        "receive",
                        "-i",
                        "rist://@127.0.0.1:5000",
                        "-p",
                        "0",
                        "-o",
                        "udp://127.0.0.1:5002?stream-id=1000");
        assertThat(code).isEqualTo(2);
        assertThat(receiver.err())
                .startsWith(
                        "rist receive: udp://127.0.0.1:5002?stream-id=1000: stream-id and"
                                + " multiplex-mode need the main profile");
    }

    @Test
    void everyInputOfOneCommandIsAStreamOfItsOwn() throws Exception {
        int port = LocalPorts.freePair();
        int firstInput = LocalPorts.freePair();
        int secondInput = LocalPorts.freePair();
        try (var first = sink();
                var second = sink();
                var source = new DatagramSocket()) {
            String outputs =
                    "udp://127.0.0.1:%d?stream-id=1000,udp://127.0.0.1:%d?stream-id=2000"
                            .formatted(first.getLocalPort(), second.getLocalPort());
            String inputs =
                    "udp://127.0.0.1:%d?stream-id=1000,udp://127.0.0.1:%d?stream-id=2000"
                            .formatted(firstInput, secondInput);
            String link = "127.0.0.1:" + port + "?buffer=200";
            CompletableFuture<Integer> receiving =
                    CompletableFuture.supplyAsync(
                            () -> receiver.run("receive", "-i", "rist://@" + link, "-o", outputs));
            CompletableFuture<Integer> sending =
                    CompletableFuture.supplyAsync(
                            () -> sender.run("send", "-i", inputs, "-o", "rist://" + link));
            source.setSoTimeout(50);
            first.setSoTimeout(50);
            second.setSoTimeout(50);
            byte[] one = {1, 1, 1, 1};
            byte[] other = {2, 2, 2, 2};
            assertThat(LocalPorts.exchange(source, first, firstInput, one)).isEqualTo(one);
            assertThat(LocalPorts.exchange(source, second, secondInput, other)).isEqualTo(other);
            sender.stop().raise();
            receiver.stop().raise();
            assertThat(sending.get()).as(sender.err()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(receiving.get()).as(receiver.err()).isEqualTo(ExitCode.INTERRUPTED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    udp://h:1?stream-id=2,udp://h:3             | 1 | rist send: udp://h:3: where one input has a stream-id, each needs its own
                    udp://h:1?stream-id=2,udp://h:3?stream-id=2 | 1 | rist send: udp://h:3?stream-id=2: stream-id 2 is another input's too
                    udp://h:1?stream-id=2                       | 0 | rist send: udp://h:1?stream-id=2: stream-id needs the main profile
                    """)
    void inputsThatCannotBeToldApartAreRefused(String inputs, String profile, String message) {
        int code = sender.run("send", "-i", inputs, "-o", "rist://127.0.0.1:5000", "-p", profile);
        assertThat(code).isEqualTo(2);
        assertThat(sender.err()).startsWith(message);
    }
}
