package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.RistEvent;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

@Timeout(20)
class EventLogTest {
    private static final InetSocketAddress PEER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);

    private final HeldTerminal terminal = new HeldTerminal();
    private final Screen screen =
            new Screen(
                    new PrintStream(terminal, true, StandardCharsets.UTF_8),
                    false,
                    80,
                    LogLevel.DEBUG.number());

    /** Takes nothing until it is released. */
    private static final class HeldTerminal extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final CountDownLatch writing = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void write(int octet) {
            writing.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            taken.write(octet);
        }
    }

    @Test
    void printsWhatHappenedBeforeTheEndHoweverSlowTheTerminalIs() throws Exception {
        var life = new Lifecycle();
        var log = new EventLog(screen, life, "sender", List.of());

        log.accept(new RistEvent.PathUp(0, PEER));
        terminal.writing.await();
        log.accept(new RistEvent.PeerLeft(PEER));
        log.accept(new RistEvent.Closed(null));
        life.awaitEnd(); // the network thread was not held
        var closing = CompletableFuture.runAsync(log::close);
        assertThat(closing).isNotDone();
        terminal.released.countDown();
        closing.get();

        assertThat(terminal.taken.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("path 0 up: 127.0.0.1:5000"),
                        line -> assertThat(line).endsWith("sender 127.0.0.1:5000 said goodbye"),
                        line -> assertThat(line).endsWith("the session is closed"));
    }
}
