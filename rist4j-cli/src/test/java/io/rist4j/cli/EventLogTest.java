package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.RistEvent;
import io.rist4j.RistUri;
import io.rist4j.cli.view.LogFormat;
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

@Timeout(180)
class EventLogTest {
    private static final InetSocketAddress PEER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);

    private final HeldTerminal terminal = new HeldTerminal();
    private final Screen screen =
            new Screen(
                    new PrintStream(terminal, true, StandardCharsets.UTF_8),
                    false,
                    () -> 80,
                    LogLevel.DEBUG.number(),
                    LogFormat.text);

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
        log.close();
        var closing = CompletableFuture.runAsync(screen::close);
        assertThat(closing).isNotDone();
        terminal.released.countDown();
        closing.get();

        assertThat(terminal.taken.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("path 0 up: 127.0.0.1:5000"),
                        line -> assertThat(line).endsWith("sender 127.0.0.1:5000 said goodbye"),
                        line -> assertThat(line).endsWith("the session is closed"));
    }

    @Test
    void holdsBackAndCountsWhatAStrangerRepeats() {
        var log = new EventLog(screen, new Lifecycle(), "sender", List.of());
        terminal.released.countDown();

        for (int i = 0; i < 1000; i++) {
            log.accept(new RistEvent.NotAdmitted(PEER, "", ""));
        }
        log.close();
        screen.close();

        assertThat(terminal.taken.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("did not admit 127.0.0.1:5000"),
                        line -> assertThat(line).endsWith("999 more of not admitted, 127.0.0.1"));
    }

    @Test
    void warnsOfWhatGoesInClearAndSaysWhichWayItGoes() {
        var log = new EventLog(screen, new Lifecycle(), "receiver", List.of());
        terminal.released.countDown();

        log.accept(new RistEvent.InClear(PEER, true));
        log.accept(new RistEvent.InClear(new InetSocketAddress(PEER.getAddress(), 7), false));
        log.close();
        screen.close();

        assertThat(terminal.taken.toString(StandardCharsets.UTF_8).lines())
                .hasSizeBetween(1, 2)
                .first()
                .asString()
                .contains("warning: what goes to receiver 127.0.0.1:5000 is in clear");
    }

    @Test
    void countsWhatItHeldBackOfNobody() {
        var log = new EventLog(screen, new Lifecycle(), "sender", List.of());
        terminal.released.countDown();

        for (int i = 0; i < 1000; i++) {
            log.accept(new RistEvent.FlowEnded(i));
        }
        log.close();
        screen.close();

        assertThat(terminal.taken.toString(StandardCharsets.UTF_8).lines())
                .last()
                .asString()
                .matches(".* [0-9]+ more of flow over");
    }

    @Test
    void whoeverIsWrongWhereThisEndListensIsNotRemembered() {
        var life = new Lifecycle();
        var log =
                new EventLog(
                        screen,
                        life,
                        "sender",
                        List.of(RistUri.parse("rist://@:5000?profile=main")));
        for (int i = 1; i < 1000; i++) {
            log.accept(
                    new RistEvent.AuthenticationFailed(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), i),
                            RistEvent.AuthenticationFailure.WRONG_CREDENTIALS));
        }

        assertThat(log.rememberedPeers()).isZero();
        assertThat(life.isEnded()).isFalse();
    }
}
