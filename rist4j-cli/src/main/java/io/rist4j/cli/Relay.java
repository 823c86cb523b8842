package io.rist4j.cli;

import io.rist4j.RistBlockView;
import io.rist4j.RistHandle;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;
import io.rist4j.access.PumpAccess;
import io.rist4j.cli.view.Screen;
import io.rist4j.net.SessionClock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One receiver whose packets go on to senders, all on one network thread and without a copy
 * between. Each sender has a history and answers requests by itself, and none ever waits for its
 * peer, so what happens to one output does not show at another.
 *
 * <p>A packet goes on with the media time that it was due at, which has the source's spacing
 * whenever the thread woke up, and in one piece. Flow id and sequence numbers are each output's
 * own.
 */
final class Relay implements AutoCloseable {
    private static final Duration UNTIL_PLAYED = Duration.ofMinutes(1);

    private final Lifecycle life = new Lifecycle();
    private final List<RelayOutput> outputs = new ArrayList<>();
    private final SessionClock clock;
    private final EventLog events;
    private final long toleranceNs;
    private RelayOutput[] targets = {};
    private @Nullable RistReceiver receiver;

    private Relay(RistPump pump, List<RistUri> from, Screen screen) {
        clock = PumpAccess.pump(pump).clock();
        toleranceNs = from.get(0).config().playoutTolerance().toNanos();
        events = new EventLog(screen, life, "sender", from);
    }

    /**
     * Opens everything.
     *
     * @param from the paths that the stream comes over
     * @param endsWithSender whether the sender's end is the end
     * @param to the paths of each output
     * @param users who may come in where outputs listen
     */
    static Relay open(
            RistPump pump,
            List<RistUri> from,
            boolean endsWithSender,
            List<List<RistUri>> to,
            @Nullable RistUsers users,
            Screen screen)
            throws IOException {
        var relay = new Relay(pump, from, screen);
        try {
            relay.openOutputs(pump, to, users, screen);
            relay.openInput(pump, from, endsWithSender);
            return relay;
        } catch (IOException | RuntimeException refused) {
            try {
                relay.close();
            } catch (RuntimeException further) {
                refused.addSuppressed(further);
            }
            throw refused;
        }
    }

    private void openOutputs(
            RistPump pump, List<List<RistUri>> to, @Nullable RistUsers users, Screen screen)
            throws IOException {
        var left = new AtomicInteger(to.size());
        for (List<RistUri> paths : to) {
            String peer = to.size() == 1 ? "receiver" : "receiver " + (outputs.size() + 1);
            RelayOutput output = RelayOutput.open(pump, paths, users, screen, peer);
            outputs.add(output);
            output.life()
                    .onEnd(() -> {
                        if (left.decrementAndGet() == 0) {
                            life.end();
                        }
                    });
        }
        targets = outputs.toArray(RelayOutput[]::new);
    }

    private void openInput(RistPump pump, List<RistUri> from, boolean endsWithSender)
            throws IOException {
        RistReceiver.Builder builder =
                RistReceiver.builder().paths(from).pump(pump).onEvent(events).onBlock(this::pass);
        if (endsWithSender) {
            builder.endWithPeer();
        }
        receiver = builder.open();
    }

    /** On the pump's thread: from the recovery buffer straight into the histories. */
    private void pass(RistBlockView block) {
        ByteBuffer payload = block.payload();
        // it may be put out that much before it is due, and media time must not lie ahead
        long sourceNs = Math.min(block.dueNs() - toleranceNs, clock.nowNs());
        for (RelayOutput output : targets) {
            output.send(payload, payload.position(), payload.remaining(), sourceNs);
        }
    }

    /** Ends with the sender, or when no output is left. */
    Lifecycle life() {
        return life;
    }

    /** Input and outputs, once they are open. */
    Figures figures() {
        RistReceiver in = receiver;
        if (in == null) {
            throw new IllegalStateException("not open");
        }
        return new RelayFigures(
                new ReceiverFigures(in, in::stats, in::latestStats),
                outputs.stream().map(RelayOutput::figures).toList());
    }

    /** The input and the outputs, once they are open. */
    List<RistHandle> handles() {
        var handles = new ArrayList<RistHandle>();
        RistReceiver in = receiver;
        if (in != null) {
            handles.add(in);
        }
        outputs.forEach(output -> handles.add(output.sender()));
        return handles;
    }

    /** Says why senders and receivers may not come. */
    void hint(Screen screen) {
        RistReceiver in = receiver;
        if (in != null) {
            new PeerHint("a sender", in.config().profile(), PeerHint.Choice.URL)
                    .start(life, screen, () -> in.stats().unreadableDatagrams());
        }
        outputs.forEach(output -> output.hint(screen));
    }

    /** Plays out what has arrived, and answers requests for it. */
    void drain() {
        RistReceiver in = receiver;
        if (in != null) {
            in.close(UNTIL_PLAYED);
        }
        outputs.forEach(RelayOutput::drain);
    }

    /** Throws why the outputs ended, when all of them did before the input. */
    void rethrowWhereNothingIsLeft() throws IOException {
        for (RelayOutput output : outputs) {
            output.life().rethrow();
        }
    }

    @Override
    public void close() {
        RistReceiver in = receiver;
        if (in != null) {
            in.close(Duration.ZERO);
        }
        outputs.forEach(RelayOutput::close);
        events.close();
    }
}
