package io.rist4j.cli;

import static io.rist4j.cli.HostPort.text;

import io.rist4j.RistEvent;
import io.rist4j.RistUri;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.LogLimiter;
import io.rist4j.cli.view.Screen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Logs what happens to a session. What strangers can cause at will is {@linkplain LogLimiter held
 * back} and counted. On the network thread, which never waits for whoever reads the log: the {@link
 * Screen} has a thread of its own. Closed after the pump, so that what was held back is told.
 */
final class EventLog implements Consumer<RistEvent>, AutoCloseable {
    /** How often news of one peer may come at once: gone, and there again. */
    private static final int NEWS = 3;

    private static final int REFUSALS = 1;

    /** In place of a source, where an event names none. */
    private static final InetSocketAddress NOBODY = new InetSocketAddress(0);

    private final Screen screen;
    private final Lifecycle life;
    private final String peer;
    private final Set<InetSocketAddress> refusing = new HashSet<>();
    private final int paths;
    private final LogLimiter limiter = new LogLimiter();
    private final long startNs = System.nanoTime();

    /**
     * @param life told of the peer, and when the session ends by itself
     * @param peer what the peer is: sender or receiver
     * @param paths when all of them dial, a user that every peer refuses is the end
     */
    EventLog(Screen screen, Lifecycle life, String peer, List<RistUri> paths) {
        this.screen = screen;
        this.life = life;
        this.peer = peer;
        boolean dials = paths.stream().noneMatch(RistUri::isListening);
        this.paths = dials ? paths.size() : Integer.MAX_VALUE;
    }

    @Override
    public void accept(RistEvent event) {
        if (event instanceof RistEvent.Connected) {
            life.connect();
        } else if (event instanceof RistEvent.AuthenticationFailed failed) {
            onFailed(failed);
        } else if (event instanceof RistEvent.Authenticated proof) {
            life.prove(text(proof.peer()));
        } else if (event instanceof RistEvent.SecretMismatch mismatch) {
            life.explain(sentence(mismatch));
        } else if (event instanceof RistEvent.Closed closed) {
            Throwable cause = closed.cause();
            if (cause != null) {
                life.fail(new IOException("the session failed: " + cause, cause));
            }
            life.end();
        }
        synchronized (this) {
            log(event);
        }
    }

    /** A user that is refused everywhere stays so; whoever came in once may come in again. */
    private void onFailed(RistEvent.AuthenticationFailed failed) {
        life.explain(sentence(failed));
        if (failed.reason() == RistEvent.AuthenticationFailure.WRONG_CREDENTIALS) {
            if (paths == Integer.MAX_VALUE) {
                return; // anybody may be wrong where this end listens
            }
            refusing.add(failed.peer());
            if (refusing.size() >= paths && !life.everConnected()) {
                life.fail(new CommandFailure(ExitCode.NO_PEER, sentence(failed)));
            }
        }
    }

    /** Peers that refuse this end's user: those that it dials, never strangers. */
    int rememberedPeers() {
        return refusing.size();
    }

    /** Tells how much was held back. Events come no more. */
    @Override
    public synchronized void close() {
        tellHeld(Long.MAX_VALUE);
    }

    private void tellHeld(long nowNs) {
        for (String held : limiter.held(nowNs)) {
            screen.log(LogLevel.NOTICE, held);
        }
    }

    /** News of a peer, who may be anybody. */
    private void news(LogLevel level, String kind, InetSocketAddress from, String message) {
        limited(level, kind, from, NEWS, message);
    }

    /** That somebody is not let in, who may try as often as he likes. */
    private void refusal(LogLevel level, String kind, InetSocketAddress from, String message) {
        limited(level, kind, from, REFUSALS, message);
    }

    private void limited(
            LogLevel level, String kind, InetSocketAddress from, int burst, String message) {
        if (!screen.shows(level)) {
            return;
        }
        long nowNs = System.nanoTime() - startNs;
        tellHeld(nowNs);
        String source = from.equals(NOBODY) ? "" : from.getAddress().getHostAddress();
        if (limiter.passes(nowNs, kind, source, burst)) {
            screen.log(level, message);
        }
    }

    private void log(RistEvent event) {
        switch (event) {
            case RistEvent.Connected e ->
                    news(
                            LogLevel.INFO,
                            "a " + peer + " came",
                            e.peer(),
                            peer
                                    + " "
                                    + text(e.peer())
                                    + " is there"
                                    + (e.cname().isEmpty() ? "" : " (" + e.cname() + ")"));
            case RistEvent.PathUp e ->
                    news(
                            LogLevel.DEBUG,
                            "path up",
                            e.peer(),
                            "path " + e.path() + " up: " + text(e.peer()));
            case RistEvent.PathDown e ->
                    news(
                            LogLevel.NOTICE,
                            "path down",
                            e.peer(),
                            "path " + e.path() + " down: " + text(e.peer()));
            case RistEvent.TimedOut e -> screen.log(LogLevel.WARNING, "no " + peer + " any more");
            case RistEvent.PeerLeft e ->
                    news(
                            LogLevel.INFO,
                            "goodbye",
                            e.peer(),
                            peer + " " + text(e.peer()) + " said goodbye");
            case RistEvent.FlowStarted e ->
                    news(
                            e.isReset() ? LogLevel.WARNING : LogLevel.INFO,
                            "flow began",
                            NOBODY,
                            "flow "
                                    + Integer.toUnsignedString(e.flowId())
                                    + " began"
                                    + (e.isReset() ? " anew: " + reason(e) : ""));
            case RistEvent.FlowOpened e ->
                    news(
                            LogLevel.INFO,
                            "flow opened",
                            e.identity().peer(),
                            "flow "
                                    + Integer.toUnsignedString(e.identity().flowId())
                                    + " of "
                                    + text(e.identity().peer()));
            case RistEvent.FlowEnded e ->
                    news(
                            LogLevel.NOTICE,
                            "flow over",
                            NOBODY,
                            "flow " + Integer.toUnsignedString(e.flowId()) + " is over");
            case RistEvent.FlowRefused e ->
                    refusal(
                            LogLevel.WARNING,
                            "flow refused",
                            e.peer(),
                            "refused another "
                                    + peer
                                    + ", "
                                    + text(e.peer())
                                    + ", with flow "
                                    + Integer.toUnsignedString(e.flowId()));
            case RistEvent.LimitReached e -> screen.log(LogLevel.WARNING, sentence(e));
            case RistEvent.Redialled e ->
                    screen.log(
                            LogLevel.NOTICE,
                            "calling " + peer + " " + text(e.peer()) + " again from another port");
            case RistEvent.SendRefused e ->
                    refusal(
                            LogLevel.ERROR,
                            "not sent: " + words(e.reason()),
                            e.peer(),
                            RefusalText.of(e, text(e.peer())));
            case RistEvent.Authenticated e ->
                    news(
                            LogLevel.INFO,
                            "authenticated",
                            e.peer(),
                            peer + " " + text(e.peer()) + " authenticated as " + e.user());
            case RistEvent.AuthenticationFailed e ->
                    refusal(LogLevel.ERROR, "authentication failed", e.peer(), sentence(e));
            case RistEvent.InClear e ->
                    news(
                            LogLevel.WARNING,
                            "in clear",
                            e.peer(),
                            (e.isOurs() ? "what goes to " : "what comes from ")
                                    + peer
                                    + " "
                                    + text(e.peer())
                                    + " is in clear, for it does not know better: a secret on both"
                                    + " ends (-s) encrypts it, require-encryption=1 refuses it");
            case RistEvent.SecretMismatch e ->
                    refusal(LogLevel.ERROR, "secrets differ", e.peer(), sentence(e));
            case RistEvent.NotAdmitted e ->
                    refusal(
                            LogLevel.WARNING,
                            "not admitted",
                            e.peer(),
                            "did not admit " + text(e.peer()));
            case RistEvent.PeerCapabilities e ->
                    news(
                            LogLevel.DEBUG,
                            "capabilities",
                            NOBODY,
                            "path "
                                    + e.path()
                                    + ": device "
                                    + e.macAddress()
                                    + " can "
                                    + String.join(", ", e.capabilities())
                                    + (e.json().isEmpty() ? "" : "; " + e.json()));
            case RistEvent.BufferNegotiated e ->
                    news(
                            LogLevel.DEBUG,
                            "buffer told",
                            NOBODY,
                            "path "
                                    + e.path()
                                    + ": sender keeps "
                                    + e.senderKeeps().toMillis()
                                    + " ms, receiver buffers "
                                    + e.receiverBuffers().toMillis()
                                    + " ms");
            case RistEvent.Closed e -> screen.log(LogLevel.DEBUG, "the session is closed");
        }
    }

    /** Nothing tells a peer from whoever sends in its name. */
    private static String sentence(RistEvent.SecretMismatch differ) {
        return "somebody at "
                + text(differ.peer())
                + switch (differ.mismatch()) {
                    case WRONG_SECRET -> " encrypts under a secret that is not ours";
                    case PEER_NOT_ENCRYPTING -> " does not encrypt, and we have a secret";
                    case PEER_ENCRYPTING ->
                            " encrypts, and we have no secret (-s, or secret= in the URL)";
                };
    }

    private static String sentence(RistEvent.AuthenticationFailed failed) {
        return "authentication with "
                + text(failed.peer())
                + " failed: "
                + switch (failed.reason()) {
                    case WRONG_CREDENTIALS -> "wrong user or password";
                    case NO_ANSWER -> "no answer, which may mean an unknown user";
                    case TOO_MANY_FAILURES -> "too many wrong passwords came from there";
                    case ATTACK -> "it sent what would give the key away";
                    case UNSUPPORTED -> "it wants a version or a group that is not allowed";
                    case DOWNGRADED -> "somebody on the way weakens what the two ends agree on";
                    case NOT_CONFIGURED ->
                            "it wants a user to be proved, and there is none here (who dials has"
                                    + " --username and --password-file, who listens -F)";
                    case NOT_OFFERED ->
                            "it takes no part in it, for it may have no user (who dials has"
                                    + " --username and --password-file, who listens -F)";
                    case IN_CLEAR ->
                            "it leaves one direction in clear, and require-encryption is set";
                };
    }

    private static String sentence(RistEvent.LimitReached event) {
        String what =
                switch (event.limit()) {
                    case RETRANSMISSION_RATE ->
                            "not sent again: the ceiling of the bitrate (three times the stream"
                                    + " unless set)";
                    case REPETITIONS -> "not sent again: sent again too often already";
                    case REQUESTS -> "asked for too fast for any receiver, and not looked at";
                    case HISTORY_MEMORY -> "forgotten too early: no more memory to keep them";
                    case HISTORY_NUMBERS ->
                            "forgotten too early: 16-bit numbers repeat within the buffer";
                    case BUFFER_MEMORY -> "played too early: the buffer has no more memory";
                    case BUFFER_NUMBERS ->
                            "played too early: too many packets for one buffer; a shorter one holds"
                                    + " them";
                    case REQUEST_NUMBERS ->
                            "cannot be asked for: 16-bit numbers repeat within the buffer";
                    case RETURN_RATE -> "asked for later: the ceiling of the requests' bitrate";
                };
        String setting = event.limit().setting();
        return "flow "
                + Integer.toUnsignedString(event.flowId())
                + ": "
                + event.packets()
                + " packets "
                + what
                + (setting.isEmpty() ? "" : " (" + setting + "= in the URL)");
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String reason(RistEvent.FlowStarted event) {
        return words(event.reason());
    }
}
