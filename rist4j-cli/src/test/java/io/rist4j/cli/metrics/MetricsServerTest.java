package io.rist4j.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class MetricsServerTest {
    private final AtomicInteger made = new AtomicInteger();
    private MetricsServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                MetricsServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        () -> "rist_made " + made.incrementAndGet() + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesItsTextAsPrometheusWantsIt() throws IOException {
        Scrape scrape = Scrape.of(server.address(), "GET", "/metrics");

        assertThat(scrape.status()).isEqualTo(200);
        assertThat(scrape.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape.text()).isEqualTo("rist_made 1\n");
    }

    @Test
    void servesNothingElse() throws IOException {
        assertThat(Scrape.of(server.address(), "GET", "/").status()).isEqualTo(404);
        assertThat(Scrape.of(server.address(), "GET", "/metrics/../x").status()).isEqualTo(404);
        assertThat(Scrape.of(server.address(), "DELETE", "/metrics").status()).isEqualTo(405);
        assertThat(made).as("none of them costs a text").hasValue(0);
    }

    /** However many ask, the text is made twice a second at most. */
    @Test
    void makesOneTextForManyWhoAskAtOnce() throws IOException {
        long startNs = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(Scrape.of(server.address(), "GET", "/metrics").status()).isEqualTo(200);
        }
        long halves = (System.nanoTime() - startNs) / 500_000_000;

        assertThat(made.get()).isBetween(1, (int) halves + 1);
    }

    /**
     * Who connects and says nothing, or reads nothing, holds no thread for long, and few places.
     */
    @Test
    void isNotHeldByThoseWhoSayNothing() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                silent.add(
                        new Socket(InetAddress.getLoopbackAddress(), server.address().getPort()));
            }
            for (Socket socket : silent.subList(0, 8)) {
                socket.getOutputStream()
                        .write(
                                "GET /metrics HTTP/1.1\r\nHost:"
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            int closed = 0;
            for (Socket socket : silent) {
                socket.setSoTimeout(30_000);
                closed += isClosedByPeer(socket) ? 1 : 0;
            }
            assertThat(closed).isEqualTo(64);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        assertThat(Scrape.of(server.address(), "GET", "/metrics").status()).isEqualTo(200);
    }

    private static boolean isClosedByPeer(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            while (in.read() >= 0) {
                // an answer, and then the end
            }
            return true;
        } catch (java.net.SocketTimeoutException held) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void tellsThatItsPortIsTaken() {
        assertThatThrownBy(() -> MetricsServer.start(server.address(), () -> ""))
                .isInstanceOf(BindException.class);
    }
}
