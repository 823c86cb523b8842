package io.rist4j.cli;

import io.rist4j.RistHandle;
import io.rist4j.RistSender;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Trials of {@code rist tunnel} against a handle of the library that returns every IP packet with
 * its addresses and ports exchanged. Prints a line for each: its name and {@code ok}, or what went
 * wrong.
 */
final class TunnelTrials {
    private static final String SECRET = "&secret=correct-horse&aes-type=256";
    private static final String USER = "&username=ann&password=correct-horse";
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int PATIENCE = 100;

    private TunnelTrials() {}

    /**
     * Runs one.
     *
     * @param args anything when this process has no privileges
     */
    public static void main(String[] args) {
        try {
            if (args.length > 0) {
                refused();
                System.out.println("unprivileged: ok");
            } else {
                echo(SECRET);
                System.out.println("echo: ok");
                echo(USER);
                System.out.println("users: ok");
            }
        } catch (Exception | AssertionError failed) {
            System.out.println((args.length > 0 ? "unprivileged: " : "echo: ") + failed);
        }
        System.exit(0);
    }

    private static String command(String protection, String options) {
        return "tunnel -i rist://@127.0.0.1:7000?buffer=200"
                + protection
                + " --tun rist0 --address 10.9.0.1/24 "
                + options;
    }

    private static void echo(String protection) throws Exception {
        var console = new ConsoleRecorder();
        CompletableFuture<Integer> running =
                CompletableFuture.supplyAsync(() ->
                        console.run(
                                command(protection, "-S 50 --stats-format text").split(" ", -1)));
        var handle = new AtomicReference<RistSender>();
        try (RistSender peer =
                RistSender.builder()
                        .path("rist://127.0.0.1:7000?profile=main&buffer=200" + protection)
                        .onOutOfBand((path, type, packet) -> giveBack(handle.get(), packet))
                        .open()) {
            handle.set(peer);
            peer.awaitConnected(Duration.ofSeconds(60));
            expect("hello", exchange("hello"));
        }
        console.stop().raise();
        expect(130, running.get());
        expect(true, console.err().contains("tunnel rist0 10.9.0.1/24 at rist://@127.0.0.1:7000"));
        expect(true, console.err().contains("out 1 packets"));
        expect(false, console.err().contains("horse"));
    }

    /** Through the device and back, which may take a few attempts: nothing repeats packets. */
    private static String exchange(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("10.9.0.1"))) {
            socket.setSoTimeout(200);
            var answer = new DatagramPacket(new byte[100], 100);
            for (int i = 0; i < PATIENCE; i++) {
                socket.send(
                        new DatagramPacket(
                                bytes, bytes.length, InetAddress.ofLiteral("10.9.0.2"), 9));
                try {
                    socket.receive(answer);
                    return new String(
                            answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
                } catch (SocketTimeoutException lost) {
                    // once more
                }
            }
        }
        return "nothing";
    }

    /** Exchanging addresses and ports leaves the checksums right. */
    private static void giveBack(RistSender peer, ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        var copy = ByteBuffer.wrap(bytes);
        if (peer == null || bytes.length < IPV4_HEADER_BYTES + 8 || bytes[0] != 0x45) {
            return;
        }
        int from = copy.getInt(12);
        copy.putInt(12, copy.getInt(16)).putInt(16, from);
        short port = copy.getShort(IPV4_HEADER_BYTES);
        copy.putShort(IPV4_HEADER_BYTES, copy.getShort(IPV4_HEADER_BYTES + 2));
        copy.putShort(IPV4_HEADER_BYTES + 2, port);
        try {
            peer.sendOutOfBand(RistHandle.IP, copy);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void refused() {
        var console = new ConsoleRecorder();
        expect(1, console.run(command(SECRET, "-q").split(" ", -1)));
        expect(1L, console.err().lines().count());
        expect(true, console.err().startsWith("rist tunnel: "));
        expect(true, console.err().contains("CAP_NET_ADMIN"));
    }

    private static void expect(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but got " + actual);
        }
    }
}
