package io.rist4j.testkit.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.net.contract.TooSlowHere;
import io.rist4j.testkit.link.LinkConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

@Timeout(180)
@ExtendWith(TooSlowHere.class)
final class UdpImpairmentTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void carriesBothPortsOfAPairAndTheirAnswers() throws Exception {
        try (var target = new Pair();
                var peer = new Pair();
                var impairment = UdpImpairment.to(target.address()).start()) {
            int port = impairment.localAddress().getPort();
            assertThat(port % 2).isZero();

            for (int lane = 0; lane < 2; lane++) {
                send(
                        peer.sockets[lane],
                        "ask" + lane,
                        new InetSocketAddress(LOOPBACK, port + lane));
                DatagramPacket asked = receive(target.sockets[lane]);
                assertThat(text(asked)).isEqualTo("ask" + lane);

                send(target.sockets[lane], "answer" + lane, asked.getSocketAddress());
                DatagramPacket answered = receive(peer.sockets[lane]);
                assertThat(text(answered)).isEqualTo("answer" + lane);
                assertThat(answered.getPort()).isEqualTo(port + lane);
            }
            var stats = impairment.stats();
            assertThat(stats.forward().sent()).isEqualTo(2);
            assertThat(stats.backward().sent()).isEqualTo(2);
            assertThat(stats.ownDrops()).isZero();
        }
    }

    @Test
    void actsOnTheFirstDatagramAndCountsWhatItDropped() throws Exception {
        try (var target = new Pair();
                var peer = new Pair();
                var impairment =
                        UdpImpairment.to(target.address())
                                .forward(LinkConfig.clean().loss(1))
                                .start()) {
            send(peer.sockets[0], "never", impairment.localAddress());

            waitFor(() -> impairment.stats().forward().link().entered() == 1);
            assertThat(impairment.stats().forward().link().lost()).isEqualTo(1);
            assertNothingComes(target.sockets[0]);
        }
    }

    @Test
    void delaysByAtLeastTheConfiguredTime() throws Exception {
        var delay = Duration.ofMillis(60);
        try (var target = new Pair();
                var peer = new Pair();
                var impairment =
                        UdpImpairment.to(target.address())
                                .bothWays(LinkConfig.clean().delay(delay))
                                .start()) {
            long sentNs = System.nanoTime();
            send(peer.sockets[0], "late", impairment.localAddress());
            receive(target.sockets[0]);

            assertThat(System.nanoTime() - sentNs).isGreaterThanOrEqualTo(delay.toNanos());
        }
    }

    @Test
    void followsAPeerThatComesBackFromAnotherPortOnceTheFirstIsSilent() throws Exception {
        try (var target = new Pair();
                var before = new Pair();
                var after = new Pair();
                var impairment = UdpImpairment.to(target.address()).start()) {
            send(before.sockets[0], "one", impairment.localAddress());
            receive(target.sockets[0]);
            while (impairment.stats().forward().sent() < 2) { // bounded by the test's time limit
                send(after.sockets[0], "two", impairment.localAddress());
                LockSupport.parkNanos(1_000_000);
            }
            DatagramPacket asked = receive(target.sockets[0]);
            assertThat(text(asked)).isEqualTo("two");
            send(target.sockets[0], "answer", asked.getSocketAddress());

            assertThat(text(receive(after.sockets[0]))).isEqualTo("answer");
            assertThat(impairment.stats().forward().unroutable()).isPositive();
        }
    }

    @Test
    void killsAndRevivesTheLinkWhenToldTo() throws Exception {
        try (var target = new Pair();
                var peer = new Pair();
                var impairment = UdpImpairment.to(target.address()).start()) {
            var dead = LinkConfig.clean().loss(1);
            impairment.configure(dead, dead);
            send(peer.sockets[0], "lost", impairment.localAddress());
            waitFor(() -> impairment.stats().forward().link().lost() == 1);
            impairment.configure(LinkConfig.clean(), LinkConfig.clean());
            send(peer.sockets[0], "found", impairment.localAddress());

            assertThat(text(receive(target.sockets[0]))).isEqualTo("found");
        }
    }

    @Test
    void countsEveryDatagramOfABurst() throws Exception {
        try (var target = new Pair();
                var peer = new Pair();
                var impairment =
                        UdpImpairment.to(target.address())
                                .forward(LinkConfig.clean().loss(0.5).duplication(0.5))
                                .start()) {
            for (int i = 0; i < 100; i++) {
                send(peer.sockets[0], "packet " + i, impairment.localAddress());
            }
            waitFor(() -> {
                var way = impairment.stats().forward();
                return way.link().entered() + Math.max(0, way.kernelDropped()) == 100
                        && way.sent() + way.refused() == way.link().left();
            });
            var link = impairment.stats().forward().link();
            assertThat(link.lost()).isBetween(20L, 80L);
            assertThat(link.left()).isEqualTo(link.entered() - link.lost() + link.duplicated());
        }
    }

    @Test
    void endsByItselfAndKeepsItsCounters() throws Exception {
        try (var target = new Pair();
                var impairment =
                        UdpImpairment.to(target.address()).atMost(Duration.ofMillis(30)).start()) {
            assertThat(impairment.awaitEnd(Duration.ofSeconds(60))).isTrue();
            assertThat(impairment.isOpen()).isFalse();
            assertThat(impairment.stats().forward().link().entered()).isZero();
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (var taken = new Pair();
                var target = new Pair()) {
            assertThatThrownBy(() ->
                            UdpImpairment.to(target.address())
                                    .listenOn(taken.address())
                                    .start()
                                    .close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.address().getPort()));
        }
    }

    /** Two sockets on consecutive ports of the loopback address, an even one first. */
    private static final class Pair implements AutoCloseable {
        final DatagramSocket[] sockets = new DatagramSocket[2];

        Pair() throws IOException {
            while (sockets[1] == null) {
                sockets[0] = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                if (sockets[0].getLocalPort() % 2 == 0) {
                    try {
                        sockets[1] =
                                new DatagramSocket(
                                        new InetSocketAddress(
                                                LOOPBACK, sockets[0].getLocalPort() + 1));
                    } catch (IOException e) {
                        sockets[0].close();
                    }
                } else {
                    sockets[0].close();
                }
            }
            for (DatagramSocket socket : sockets) {
                socket.setSoTimeout(60_000);
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) sockets[0].getLocalSocketAddress();
        }

        @Override
        public void close() {
            for (DatagramSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void send(DatagramSocket from, String text, java.net.SocketAddress to)
            throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket at) throws IOException {
        var packet = new DatagramPacket(new byte[2_000], 2_000);
        at.receive(packet);
        return packet;
    }

    private static void assertNothingComes(DatagramSocket at) throws IOException {
        at.setSoTimeout(20);
        assertThatThrownBy(() -> receive(at)).isInstanceOf(SocketTimeoutException.class);
    }

    private static String text(DatagramPacket packet) {
        return new String(
                packet.getData(),
                0,
                packet.getLength(),
                java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static void waitFor(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) { // bounded by the test's time limit
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
