package io.rist4j.cli;

import io.rist4j.RistProfile;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says why no peer may come: that nothing arrives, or that what arrives is of another profile; each
 * once. An end that dials hears nothing from one that does not let it in, whatever the reason. What
 * is known better, such as another secret or a user that is refused, has been said already. Whoever
 * gives up earlier says it then.
 *
 * @param peer what it is, for example {@code a sender}
 * @param profile what is spoken here
 * @param choice how another profile is chosen
 */
record PeerHint(String peer, RistProfile profile, Choice choice) {
    /** How a profile is chosen. */
    enum Choice {
        OPTION("-p 0", "-p 1"),
        URL("profile=0 in the URL", "profile=1 in the URL");

        private final String simple;
        private final String main;

        Choice(String simple, String main) {
            this.simple = simple;
            this.main = main;
        }
    }

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long LOOKS_AGAIN_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Waits for the peer in the background.
     *
     * @param refused how many datagrams came that could not be taken
     */
    void start(Lifecycle life, Screen screen, LongSupplier refused) {
        start(life, screen, refused, PATIENCE_NS, LOOKS_AGAIN_NS);
    }

    /** The same with other times. */
    void start(
            Lifecycle life,
            Screen screen,
            LongSupplier refused,
            long patienceNs,
            long looksAgainNs) {
        life.suspect(() -> text(life, refused));
        Thread.ofPlatform()
                .daemon()
                .name("rist-hint")
                .start(() -> tell(life, screen, refused, patienceNs, looksAgainNs));
    }

    /** What was true after a while may change: a sender of Simple is heard with its media only. */
    private void tell(
            Lifecycle life,
            Screen screen,
            LongSupplier refused,
            long patienceNs,
            long looksAgainNs) {
        String told = "";
        long waitNs = patienceNs;
        while (!life.awaitPeer(waitNs) && !life.isExplained()) {
            String hint = text(life, refused);
            if (!hint.equals(told)) {
                screen.log(LogLevel.NOTICE, hint);
                told = hint;
            }
            waitNs = looksAgainNs;
        }
    }

    private String text(Lifecycle life, LongSupplier refused) {
        String proved = life.provedWith();
        return proved.isEmpty() ? text(refused.getAsLong() > 0) : notUnderstood(proved);
    }

    /** What is said where a user was proved. */
    static String notUnderstood(String peer) {
        return "a user was proved with "
                + peer
                + ", and nothing that it says since is understood: it may have"
                + " another secret (-s, or secret= in the URL)";
    }

    /** What is said otherwise. */
    String text(boolean arrives) {
        boolean simple = profile == RistProfile.SIMPLE;
        String spoken = simple ? "Simple" : "Main";
        String other = simple ? "Main" : "Simple";
        String chosen = simple ? choice.main : choice.simple;
        return arrives
                ? "what arrives is not understood as "
                        + spoken
                        + "; "
                        + peer
                        + " that speaks "
                        + other
                        + " needs "
                        + chosen
                        + " here"
                : "nothing arrives from "
                        + peer
                        + " yet on the "
                        + spoken
                        + " profile; is it there, does it speak "
                        + other
                        + " ("
                        + chosen
                        + " here),"
                        + (simple ? "" : " has it another secret or other users,")
                        + " and do address, port and firewalls let it through?";
    }
}
