package io.rist4j.cli.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.cli.media.MediaUrl.Direction;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@ExtendWith(TooSlowHere.class)
class NetworkMediaTest {
    private static final byte[] PAYLOAD = {0x47, 1, 2, 3, 4};

    private final Pump pump = Pump.start(PumpConfig.defaults());
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        pump.close();
    }

    @Test
    void takesUdpPayloadsAsTheyAre() throws Exception {
        try (var input = input("udp://127.0.0.1:" + freePort());
                var socket = new DatagramSocket()) {
            send(socket, input, PAYLOAD);

            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(PAYLOAD);
        }
    }

    @Test
    void takesRtpPayloadsWithoutHeaderExtensionAndPadding() throws Exception {
        ByteBuffer packet =
                ByteBuffer.allocate(12 + 4 + 8 + PAYLOAD.length + 2)
                        .put((byte) 0xB1) // version 2, padding, extension, one contributing source
                        .put((byte) 33)
                        .putShort((short) 7)
                        .putInt(90_000)
                        .putInt(1)
                        .putInt(2)
                        .putShort((short) 0)
                        .putShort((short) 1)
                        .putInt(0)
                        .put(PAYLOAD)
                        .put((byte) 0)
                        .put((byte) 2);
        try (var input = input("rtp://127.0.0.1:" + freePort());
                var socket = new DatagramSocket()) {
            send(socket, input, new byte[] {0x47, 0, 0});
            send(socket, input, packet.array());

            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(PAYLOAD);
            assertThat(input.refused()).isEqualTo(1);
        }
    }

    @Test
    void rtcpOnThePortOfRtpIsNoMedia() throws Exception {
        byte[] report = new byte[28];
        report[0] = (byte) 0x80;
        report[1] = (byte) 200;
        byte[] media = new byte[12 + 5];
        media[0] = (byte) 0x80;
        media[1] = (byte) 0xA1; // payload type 33 with its marker
        System.arraycopy(PAYLOAD, 0, media, 12, 5);
        try (var input = input("rtp://127.0.0.1:" + freePort());
                var socket = new DatagramSocket()) {
            send(socket, input, report);
            send(socket, input, media);

            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(PAYLOAD);
            assertThat(input.refused()).isZero();
        }
    }

    @Test
    void writesUdpAndRtp() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(60_000);
            String address = "://127.0.0.1:" + socket.getLocalPort();
            write("udp" + address, 700);
            assertThat(take(socket)).isEqualTo(PAYLOAD);

            write("rtp" + address + "?rtp-ptype=96", 700);
            ByteBuffer counted = ByteBuffer.wrap(take(socket));
            assertThat(counted.getShort(0)).isEqualTo((short) 0x8060);
            assertThat(counted.getShort(2)).isZero();
            assertThat(counted.getInt(4)).isEqualTo(90_000);
            assertThat(counted.getInt(8)).isEqualTo(0x1234);
            assertThat(counted.slice(12, PAYLOAD.length)).isEqualTo(ByteBuffer.wrap(PAYLOAD));

            write("rtp" + address + "?rtp-sequence=1", 700);
            assertThat(ByteBuffer.wrap(take(socket)).getShort(2)).isEqualTo((short) 700);
        }
    }

    @Test
    void carriesMulticastWithinThisHost() throws Exception {
        int port = freePort();
        String group = "udp://239.255.42.42:" + port + "?miface=lo";
        try (var input = input(group)) {
            write(group + "&ttl=0", 1);

            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(PAYLOAD);
            assertThat(input.localEndpoint().port()).isEqualTo(port);
        }
    }

    @Test
    void namesTheAddressThatIsInUse() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String url = "udp://127.0.0.1:" + socket.getLocalPort();

            assertThatThrownBy(() -> input(url).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void namesAHostThatIsUnknown() {
        assertThatThrownBy(() -> input("udp://no.such.host.invalid:5000").close())
                .isInstanceOf(IOException.class)
                .hasMessage("unknown host no.such.host.invalid");
    }

    private NetworkInput input(String url) throws IOException {
        return new NetworkInput(
                MediaUrl.parse(url, Direction.INPUT),
                pump,
                (arrivalNs, buffer, at, bytes) -> {
                    byte[] payload = new byte[bytes];
                    buffer.get(at, payload);
                    received.add(payload);
                });
    }

    private void write(String url, long sequence) throws IOException {
        var output = new NetworkOutput(MediaUrl.parse(url, Direction.OUTPUT), pump);
        pump.execute(() ->
                output.write(
                        sequence, 90_000, 0x1234, ByteBuffer.wrap(PAYLOAD), 0, PAYLOAD.length));
        output.close();
    }

    private static void send(DatagramSocket socket, NetworkInput to, byte[] bytes)
            throws IOException {
        socket.send(
                new DatagramPacket(
                        bytes,
                        bytes.length,
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), to.localEndpoint().port())));
    }

    private static byte[] take(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[2000], 2000);
        socket.receive(packet);
        return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
