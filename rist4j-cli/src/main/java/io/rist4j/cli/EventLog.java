package io.rist4j.cli;

import io.rist4j.RistEvent;
import io.rist4j.RistUri;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Logs what happens to a session. The network thread only hands over: a terminal that is held must
 * not hold the stream. Closed after the pump, so that whatever happened is printed before the
 * command ends.
 */
final class EventLog implements Consumer<RistEvent>, AutoCloseable {
    private final Screen screen;
    private final Lifecycle life;
    private final String peer;
    private final ExecutorService writer;
    private final Set<InetSocketAddress> refusing = new HashSet<>();
    private final int paths;

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
        writer =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("rist-log").factory());
    }

    @Override
    public void accept(RistEvent event) {
        if (event instanceof RistEvent.Connected) {
            life.connect();
        } else if (event instanceof RistEvent.AuthenticationFailed failed) {
            onFailed(failed);
        } else if (event instanceof RistEvent.SecretMismatch mismatch) {
            life.explain(text(mismatch.mismatch()));
        } else if (event instanceof RistEvent.Closed closed) {
            Throwable cause = closed.cause();
            if (cause != null) {
                life.fail(new IOException("the session failed: " + cause, cause));
            }
            life.end();
        }
        writer.execute(() -> log(event));
    }

    /** A user that is refused everywhere stays so; whoever came in once may come in again. */
    private void onFailed(RistEvent.AuthenticationFailed failed) {
        life.explain(sentence(failed));
        if (failed.reason() == RistEvent.AuthenticationFailure.WRONG_CREDENTIALS) {
            refusing.add(failed.peer());
            if (refusing.size() >= paths && !life.everConnected()) {
                life.fail(new CommandFailure(ExitCode.NO_PEER, sentence(failed)));
            }
        }
    }

    /** Waits until everything that was handed over is printed. Events come no more. */
    @Override
    public void close() {
        writer.close();
    }

    private void log(RistEvent event) {
        switch (event) {
            case RistEvent.Connected e ->
                    screen.log(
                            LogLevel.INFO,
                            peer
                                    + " "
                                    + text(e.peer())
                                    + " is there"
                                    + (e.cname().isEmpty() ? "" : " (" + e.cname() + ")"));
            case RistEvent.PathUp e ->
                    screen.log(LogLevel.DEBUG, "path " + e.path() + " up: " + text(e.peer()));
            case RistEvent.PathDown e ->
                    screen.log(LogLevel.NOTICE, "path " + e.path() + " down: " + text(e.peer()));
            case RistEvent.TimedOut e -> screen.log(LogLevel.WARNING, "no " + peer + " any more");
            case RistEvent.PeerLeft e ->
                    screen.log(LogLevel.INFO, peer + " " + text(e.peer()) + " said goodbye");
            case RistEvent.FlowStarted e ->
                    screen.log(
                            e.isReset() ? LogLevel.WARNING : LogLevel.INFO,
                            "flow "
                                    + Integer.toUnsignedString(e.flowId())
                                    + " began"
                                    + (e.isReset() ? " anew: " + reason(e) : ""));
            case RistEvent.FlowOpened e ->
                    screen.log(
                            LogLevel.INFO,
                            "flow "
                                    + Integer.toUnsignedString(e.identity().flowId())
                                    + " of "
                                    + text(e.identity().peer()));
            case RistEvent.FlowEnded e ->
                    screen.log(
                            LogLevel.NOTICE,
                            "flow " + Integer.toUnsignedString(e.flowId()) + " is over");
            case RistEvent.FlowRefused e ->
                    screen.log(
                            LogLevel.WARNING,
                            "refused another "
                                    + peer
                                    + ", "
                                    + text(e.peer())
                                    + ", with flow "
                                    + Integer.toUnsignedString(e.flowId()));
            case RistEvent.Redialled e ->
                    screen.log(
                            LogLevel.NOTICE,
                            "calling " + peer + " " + text(e.peer()) + " again from another port");
            case RistEvent.Authenticated e ->
                    screen.log(
                            LogLevel.INFO,
                            peer + " " + text(e.peer()) + " authenticated as " + e.user());
            case RistEvent.AuthenticationFailed e -> screen.log(LogLevel.ERROR, sentence(e));
            case RistEvent.SecretMismatch e ->
                    screen.log(LogLevel.ERROR, text(e.peer()) + ": " + text(e.mismatch()));
            case RistEvent.NotAdmitted e ->
                    screen.log(LogLevel.WARNING, "did not admit " + text(e.peer()));
            case RistEvent.PeerCapabilities e ->
                    screen.log(
                            LogLevel.DEBUG,
                            "path "
                                    + e.path()
                                    + ": device "
                                    + e.macAddress()
                                    + " can "
                                    + String.join(", ", e.capabilities())
                                    + (e.json().isEmpty() ? "" : "; " + e.json()));
            case RistEvent.BufferNegotiated e ->
                    screen.log(
                            LogLevel.DEBUG,
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

    private static String text(RistEvent.Mismatch mismatch) {
        return switch (mismatch) {
            case WRONG_SECRET -> "the peer's secret is not ours";
            case PEER_NOT_ENCRYPTING -> "the peer does not encrypt, and we have a secret";
            case PEER_ENCRYPTING ->
                    "the peer encrypts, and we have no secret (-s, or secret= in the URL)";
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
                };
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String reason(RistEvent.FlowStarted event) {
        return words(event.reason());
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
