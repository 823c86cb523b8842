package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.RistProfile;
import io.rist4j.cli.view.LogFormat;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class PeerHintTest {
    private static final long SOON_NS = 1_000_000;

    private final PeerHint hint =
            new PeerHint("a sender", RistProfile.MAIN, PeerHint.Choice.OPTION);
    private final Lifecycle life = new Lifecycle();
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final AtomicLong refused = new AtomicLong();

    private Screen screen() {
        var screen =
                new Screen(
                        new PrintStream(OutputStream.nullOutputStream()),
                        false,
                        () -> 80,
                        LogLevel.INFO.number(),
                        LogFormat.text);
        screen.copyTo(lines::add);
        return screen;
    }

    private String next() throws InterruptedException {
        return lines.take();
    }

    @Test
    void whatArrivesLaterIsToldToo() throws Exception {
        try (Screen screen = screen()) {
            hint.start(life, screen, refused::get, SOON_NS, SOON_NS);
            assertThat(next()).contains("nothing arrives from a sender yet on the Main profile");
            refused.set(1);
            assertThat(next()).contains("what arrives is not understood as Main").contains("-p 0");
            life.end();
            assertThat(lines).isEmpty();
        }
    }

    @Test
    void aUserThatWasProvedMakesItTheSecret() throws Exception {
        try (Screen screen = screen()) {
            life.prove("127.0.0.1:5000");
            hint.start(life, screen, refused::get, SOON_NS, SOON_NS);
            assertThat(next()).contains("a user was proved with 127.0.0.1:5000", "(-s, or secret=");
            life.end();
        }
    }
}
