package io.rist4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** UDP ports of the loopback address for tests. */
final class LocalPorts {
    private static final long PATIENCE_NS = 10_000_000_000L;

    /** An even port that was free together with the next one a moment ago. */
    static int freePair() {
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

    /** Sends to a port until {@code target}, which has a receive timeout, gets something. */
    static byte[] exchange(DatagramSocket from, DatagramSocket target, int port, byte[] bytes) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        var got = new DatagramPacket(new byte[2000], 2000);
        while (System.nanoTime() < endNs) {
            try {
                from.send(
                        new DatagramPacket(
                                bytes,
                                bytes.length,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                target.receive(got);
                return Arrays.copyOf(got.getData(), got.getLength());
            } catch (SocketTimeoutException e) {
                // the proxy is not up yet
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("nothing came");
    }

    private LocalPorts() {}
}
