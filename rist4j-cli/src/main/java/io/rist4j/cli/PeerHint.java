package io.rist4j.cli;

import io.rist4j.RistProfile;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says once why no peer may come: that nothing arrives, or that what arrives is of another profile.
 * What is known better, such as another secret or a user that is refused, has been said already.
 */
final class PeerHint {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(4);

    private PeerHint() {}

    /**
     * Waits for the peer in the background.
     *
     * @param profile what is spoken here
     * @param peer what it is: sender or receiver
     * @param refused how many datagrams came that could not be taken
     */
    static void start(
            Lifecycle life, Screen screen, RistProfile profile, String peer, LongSupplier refused) {
        Thread.ofPlatform()
                .daemon()
                .name("rist-hint")
                .start(() -> {
                    if (!life.awaitPeer(PATIENCE_NS) && life.trouble().isEmpty()) {
                        String hint = text(profile, peer, refused.getAsLong() > 0);
                        screen.log(LogLevel.NOTICE, hint);
                        life.explain(hint);
                    }
                });
    }

    /** What is said. */
    static String text(RistProfile profile, String peer, boolean arrives) {
        boolean simple = profile == RistProfile.SIMPLE;
        String spoken = simple ? "Simple" : "Main";
        String other = simple ? "Main" : "Simple";
        String option = simple ? "-p 1" : "-p 0";
        return arrives
                ? "what arrives is not understood as "
                        + spoken
                        + "; a "
                        + peer
                        + " that speaks "
                        + other
                        + " needs "
                        + option
                        + " here"
                : "nothing arrives from a "
                        + peer
                        + " yet on the "
                        + spoken
                        + " profile; is it there, does it speak "
                        + other
                        + " ("
                        + option
                        + " here), and do address, port and firewalls let it through?";
    }
}
