package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What somebody on the network may say to a receiver of the Simple profile while its sender is
 * there.
 */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class TakeoverTest {
    private static final int FOREIGN = 0x6666_0000;
    private static final byte[] NAME = "eve".getBytes(StandardCharsets.US_ASCII);
    private static final int PROOFS = 3;

    /** Ten times as long as silence takes to bear out a goodbye. */
    private static final int PACKETS = 1_250;

    private static final long APART_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Somebody with a pair of ports of his own, who answers what he is asked. */
    private static final class Stranger implements AutoCloseable {
        private final DatagramSocket media;
        private final DatagramSocket control;
        private final int target;
        private final ByteBuffer out = ByteBuffer.allocate(512);
        private int number;

        Stranger(int target) throws IOException {
            this.target = target;
            int port = FreePorts.evenPort();
            media = new DatagramSocket(port, InetAddress.getLoopbackAddress());
            control = new DatagramSocket(port + 1, InetAddress.getLoopbackAddress());
            control.setSoTimeout(50);
        }

        private int names() {
            int at = RtcpWriter.emptyReceiverReport(out, 0, FOREIGN);
            return at + RtcpWriter.canonicalName(out, at, FOREIGN, NAME);
        }

        private static void send(DatagramSocket from, byte[] datagram, int to) throws IOException {
            from.send(
                    new DatagramPacket(
                            datagram, datagram.length, InetAddress.getLoopbackAddress(), to));
        }

        private byte[] written(int bytes) {
            return Arrays.copyOf(out.array(), bytes);
        }

        /** Reports until his address has been proved a few times. */
        void prove() throws IOException {
            var answered = new AtomicInteger();
            var heard = new DatagramPacket(new byte[2_000], 2_000);
            while (answered.get() < PROOFS) {
                send(control, written(names()), target + 1);
                try {
                    heard.setLength(2_000);
                    control.receive(heard);
                } catch (SocketTimeoutException silence) {
                    continue;
                }
                var asked = ByteBuffer.wrap(heard.getData(), 0, heard.getLength());
                RtcpReader.read(
                        asked,
                        0,
                        heard.getLength(),
                        new ControlHandler() {
                            @Override
                            public void onEchoRequest(int ssrc, long timestamp, int padding) {
                                int at = names();
                                at += RtcpWriter.echoResponse(out, at, ssrc, timestamp, 0, 0);
                                try {
                                    send(control, written(at), target + 1);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                                answered.incrementAndGet();
                            }
                        });
            }
        }

        void sendMedia() throws IOException {
            ByteBuffer packet = ByteBuffer.allocate(12 + 188);
            packet.putShort((short) 0x8021).putShort((short) number).putInt(number * 180);
            packet.putInt(FOREIGN);
            number++;
            send(media, packet.array(), target);
        }

        @Override
        public void close() {
            media.close();
            control.close();
        }
    }

    private static byte[] goodbye(int ssrc) {
        var b = ByteBuffer.allocate(128);
        int at = RtcpWriter.emptyReceiverReport(b, 0, ssrc);
        at += RtcpWriter.canonicalName(b, at, ssrc, NAME);
        at += RtcpWriter.bye(b, at, ssrc);
        return Arrays.copyOf(b.array(), at);
    }

    @Test
    void aForgedGoodbyeAndAProvenStrangersMediaLeaveALiveSourceWhereItIs() throws Exception {
        int port = FreePorts.evenPort();
        var events = new EventLog();
        var senders = new AtomicInteger();
        try (Relay relay = new Relay(port);
                Stranger stranger = new Stranger(port);
                RistReceiver rx =
                        RistReceiver.builder()
                                .path("rist://@127.0.0.1:" + port + "?profile=simple&buffer=300")
                                .onEvent(events)
                                .open()) {
            relay.onWayForth(packet -> {
                var b = ByteBuffer.wrap(packet.getData());
                if (RtpHeader.isRtcp(b, 0, packet.getLength())) {
                    senders.set(b.getInt(4)); // on Simple anybody on the way knows it
                }
            });
            try (RistSender tx =
                    RistSender.dial(
                            "rist://" + relay.hostAndPort() + "?profile=simple&buffer=300")) {
                tx.awaitConnected(PATIENCE);
                rx.awaitConnected(PATIENCE);
                stranger.prove();
                long dueNs = System.nanoTime();
                for (int i = 0; i < PACKETS; i++) {
                    tx.send(ByteBuffer.allocate(188).putInt(0, i));
                    if (i >= 100 && i % 10 == 0) {
                        relay.forge(1, goodbye(senders.get()));
                        for (int j = 0; j < 3; j++) {
                            stranger.sendMedia();
                        }
                    }
                    dueNs += APART_NS;
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                for (int i = 0; i < PACKETS; i++) {
                    RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
                    assertThat(block.payload().getInt(0)).isEqualTo(i);
                    assertThat(block.lostBefore()).isZero();
                }

                assertThat(senders.get()).isNotZero();
                assertThat(rx.stats().foreignPackets()).isEqualTo(stranger.number);
                assertThat(rx.stats().flowResets()).isZero();
                assertThat(events.of(RistEvent.FlowStarted.class)).hasSize(1);
                assertThat(events.of(RistEvent.PeerLeft.class)).isEmpty();
                assertThat(events.of(RistEvent.PathDown.class))
                        .noneMatch(down -> down.path() == 0); // the stranger's may, when he is done
            }
        }
    }
}
