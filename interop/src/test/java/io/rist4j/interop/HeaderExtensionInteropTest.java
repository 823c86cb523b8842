package io.rist4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rist4j.RistReceiver;
import io.rist4j.net.contract.TooSlowHere;
import io.rist4j.testkit.impair.UdpImpairment;
import io.rist4j.testkit.link.LinkConfig;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * GStreamer's {@code ristsink} with its options that use the RIST header extension in the Simple
 * profile: null packets stay at home, and sequence numbers have 32 bits.
 *
 * <p>On a clean link only: GStreamer 1.22 files what it keeps for retransmission under the flags of
 * the extension instead of the upper half of the sequence number, and so finds nothing that it is
 * asked for, be it with 16 bits or with 32 (TR-06-2:2022 §8.4).
 */
@Timeout(300)
@ExtendWith(TooSlowHere.class)
final class HeaderExtensionInteropTest {
    private static final String SENDER =
            "gst-launch-1.0 -q udpsrc address=127.0.0.1 port={in} buffer-size=4000000"
                    + " caps=video/mpegts,systemstream=(boolean)true,packetsize=(int)188"
                    + " ! rtpmp2tpay ! ristsink address=127.0.0.1 port={to}"
                    + " sender-buffer={buffer} sequence-number-extension=true"
                    + " drop-null-ts-packets=";

    // As in Run: the first report comes late, and nobody knows where to send requests before.
    private static final Duration BUFFER = Duration.ofSeconds(2);
    private static final Duration ONE_WAY = Duration.ofMillis(10);
    private static final long PAYLOAD_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int PAYLOADS = 1_500;
    private static final int JUDGED_AT_LEAST = 700;

    private final NumberedStream numbered = new NumberedStream(1);
    private final Queue<byte[]> delivered = new ConcurrentLinkedQueue<>();

    /** Every second payload has null packets, every sixth nothing else. */
    private byte[] payload(int number) {
        byte[] payload = numbered.payload(number * NumberedStream.PACKETS_PER_PAYLOAD);
        if (number % 2 == 1) {
            putNull(payload, 1);
            putNull(payload, 5);
            putNull(payload, 6);
        }
        for (int packet = 0; number % 6 == 5 && packet < 7; packet++) {
            putNull(payload, packet);
        }
        return payload;
    }

    private static void putNull(byte[] payload, int packet) {
        int at = packet * NumberedStream.PACKET_BYTES;
        Arrays.fill(payload, at, at + NumberedStream.PACKET_BYTES, (byte) 0xFF);
        ByteBuffer.wrap(payload).putInt(at, 0x471F_FF10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamWithTheExtensionComesOutWhole(boolean deletion) throws Exception {
        var gstreamer =
                new UdpToolEnd(
                        "GStreamer",
                        false,
                        List.of((SENDER + deletion).split(" ")),
                        List.of("gst-launch-1.0"));
        gstreamer
                .missing()
                .ifPresent(tool -> assumeTrue(false, tool + " is not installed: skipped"));
        int port = Ports.evenPair();
        try (RistReceiver receiver = receiver(port);
                UdpImpairment network =
                        UdpImpairment.to(
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), port))
                                .bothWays(LinkConfig.clean().delay(ONE_WAY))
                                .seed(1)
                                .atMost(Duration.ofMinutes(1))
                                .start();
                End.Sender sender = gstreamer.sender(network.localAddress().getPort(), BUFFER)) {
            feed(sender);
            awaitPayloads();

            List<byte[]> all = List.copyOf(delivered);
            int first = firstNumber(all);
            for (int i = 0; i < JUDGED_AT_LEAST; i++) {
                assertThat(all.get(i))
                        .as("payload %d, after %d; %s", first + i, first, receiver.stats())
                        .isEqualTo(payload(first + i));
            }
        }
    }

    private RistReceiver receiver(int port) throws IOException {
        return RistReceiver.builder()
                .path("rist://@127.0.0.1:" + port + "?buffer=" + BUFFER.toMillis())
                .onBlock(block -> {
                    byte[] copy = new byte[block.payload().remaining()];
                    block.payload().get(copy);
                    delivered.add(copy);
                })
                .open();
    }

    private void feed(End.Sender sender) throws IOException {
        long startNs = System.nanoTime();
        for (int i = 0; i < PAYLOADS; i++) {
            long dueNs = startNs + i * PAYLOAD_INTERVAL_NS;
            while (System.nanoTime() - dueNs < 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            sender.send(payload(i));
        }
    }

    private void awaitPayloads() throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (delivered.size() < JUDGED_AT_LEAST && System.nanoTime() - endNs < 0) {
            TimeUnit.MILLISECONDS.sleep(10); // between looks at the condition
        }
        assertThat(delivered).hasSizeGreaterThanOrEqualTo(JUDGED_AT_LEAST);
    }

    /** The number of the first payload, told by the first packet that is not null. */
    private int firstNumber(List<byte[]> all) {
        for (int i = 0; i < all.size(); i++) {
            int packet = numbered.numberAt(all.get(i), 0, all.get(i).length);
            if (packet >= 0) {
                return packet / NumberedStream.PACKETS_PER_PAYLOAD - i;
            }
        }
        throw new AssertionError("only null packets were delivered");
    }
}
