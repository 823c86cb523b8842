package io.rist4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rist4j.RistMultiReceiver;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Two inputs of one {@code ristsender}, each with its stream id, on one port of ours. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
final class StreamIdInteropTest {
    private static final Path SENDER = Path.of("/usr/bin/ristsender");
    private static final int PACKETS = 500;

    @Test
    void everyInputOfOneSenderToolIsAFlowWithItsStreamId() throws Exception {
        assumeTrue(Files.isExecutable(SENDER), "libRIST's tools are not installed");
        int port = evenPort();
        int first = evenPort();
        int second = evenPort();
        Map<Integer, List<Integer>> got = new ConcurrentHashMap<>();
        try (RistMultiReceiver receiver =
                RistMultiReceiver.builder()
                        .path("rist://@127.0.0.1:" + port + "?profile=main&buffer=300")
                        .onFlow(flow -> {
                            var numbers = new CopyOnWriteArrayList<Integer>();
                            got.put(flow.identity().virtualDestinationPort(), numbers);
                            flow.onBlock(b -> numbers.add(b.toBlock().payload().getInt(4)));
                        })
                        .open()) {
            Process sender =
                    new ProcessBuilder(
                                    SENDER.toString(),
                                    "-p",
                                    "1",
                                    "-S",
                                    "0",
                                    "-i",
                                    "udp://@127.0.0.1:"
                                            + first
                                            + "?stream-id=1000,udp://@127.0.0.1:"
                                            + second
                                            + "?stream-id=2000",
                                    "-o",
                                    "rist://127.0.0.1:" + port + "?buffer=300")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var source = new DatagramSocket()) {
                int number = 0;
                while (got.size() < 2 || got.values().stream().anyMatch(List::isEmpty)) {
                    send(source, number++, first, second);
                }
                int begin = number;
                for (; number < begin + PACKETS; number++) {
                    send(source, number, first, second);
                }
                int last = number - 1;
                while (got.values().stream().anyMatch(n -> n.get(n.size() - 1) < last)) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                assertThat(receiver.flows()).hasSize(2);
                assertThat(got).containsOnlyKeys(1_000, 2_000);
                assertThat(got.values())
                        .allSatisfy(n ->
                                assertThat(n)
                                        .isEqualTo(
                                                IntStream.rangeClosed(n.get(0), last)
                                                        .boxed()
                                                        .toList())
                                        .hasSizeGreaterThan(PACKETS));
            } finally {
                sender.destroy();
                sender.waitFor(5, TimeUnit.SECONDS);
                sender.destroyForcibly();
            }
        }
    }

    private static void send(DatagramSocket source, int number, int... ports) throws Exception {
        byte[] payload = ByteBuffer.allocate(1_316).put((byte) 0x47).putInt(4, number).array();
        for (int port : ports) {
            var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            source.send(new DatagramPacket(payload, payload.length, to));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }

    private static int evenPort() throws Exception {
        while (true) {
            try (var any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                if (any.getLocalPort() % 2 == 0) {
                    return any.getLocalPort();
                }
            }
        }
    }
}
