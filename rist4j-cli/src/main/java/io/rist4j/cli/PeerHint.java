package io.rist4j.cli;

import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.util.concurrent.TimeUnit;

/**
 * Says once what may be wrong when no peer comes: one that speaks the Simple profile is not
 * understood on Main, which is the default, as with libRIST.
 */
final class PeerHint {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(4);

    private PeerHint() {}

    /**
     * Waits for the peer in the background.
     *
     * @param peer what it is: sender or receiver
     */
    static void start(Lifecycle life, Screen screen, LinkOptions options, String peer) {
        if (options.profile == null) {
            Thread.ofPlatform()
                    .daemon()
                    .name("rist-hint")
                    .start(() -> {
                        if (!life.awaitPeer(PATIENCE_NS)) {
                            screen.log(LogLevel.NOTICE, text(peer));
                        }
                    });
        }
    }

    /** What is said. */
    static String text(String peer) {
        return "no " + peer + " yet on the Main profile; one that speaks Simple needs -p 0 here";
    }
}
