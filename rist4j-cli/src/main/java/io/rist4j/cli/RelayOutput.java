package io.rist4j.cli;

import io.rist4j.RistClosedException;
import io.rist4j.RistPump;
import io.rist4j.RistSender;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;
import io.rist4j.cli.view.Screen;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** One output of a relay: a sender, and what is told about it. */
final class RelayOutput implements AutoCloseable {
    private final String peer;
    private final RistSender sender;
    private final Lifecycle life;
    private final EventLog events;

    private RelayOutput(String peer, RistSender sender, Lifecycle life, EventLog events) {
        this.peer = peer;
        this.sender = sender;
        this.life = life;
        this.events = events;
    }

    /**
     * Opens it.
     *
     * @param users who may come in where a path listens
     * @param peer what its receiver is called in the log
     */
    static RelayOutput open(
            RistPump pump,
            List<RistUri> paths,
            @Nullable RistUsers users,
            Screen screen,
            String peer)
            throws IOException {
        var life = new Lifecycle();
        var events = new EventLog(screen, life, peer, paths);
        boolean complete = false;
        try {
            RistSender.Builder builder =
                    RistSender.builder().paths(paths).pump(pump).onEvent(events);
            if (users != null && paths.stream().anyMatch(RistUri::isListening)) {
                builder.users(users);
            }
            RistSender sender = builder.open();
            complete = true;
            return new RelayOutput(peer, sender, life, events);
        } finally {
            if (!complete) {
                events.close();
            }
        }
    }

    /** Sends one packet; what no packet of this library can carry is left out. */
    void send(ByteBuffer buffer, int at, int bytes, long sourceNs) {
        if (bytes > RistSender.MAX_PAYLOAD_BYTES || !sender.isOpen()) {
            return;
        }
        try {
            sender.send(buffer, at, bytes, sourceNs);
        } catch (RistClosedException e) {
            // its end does not concern the others
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends when the output does, or when its peers refuse it for good. */
    Lifecycle life() {
        return life;
    }

    RistSender sender() {
        return sender;
    }

    /** Says why its receiver may not come. */
    void hint(Screen screen) {
        String one = peer.indexOf(' ') < 0 ? "a " + peer : peer; // of several: receiver 2
        new PeerHint(one, sender.config().profile(), PeerHint.Choice.URL)
                .start(life, screen, () -> sender.stats().unreadableDatagrams());
    }

    SenderFigures figures() {
        return new SenderFigures(sender);
    }

    /** Answers requests until nobody can ask any more. */
    void drain() {
        sender.close();
    }

    @Override
    public void close() {
        sender.close(Duration.ZERO);
        events.close();
    }
}
