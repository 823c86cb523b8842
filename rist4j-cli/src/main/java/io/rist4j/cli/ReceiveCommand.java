package io.rist4j.cli;

import io.rist4j.HandleBuilder;
import io.rist4j.RistHandle;
import io.rist4j.RistMultiReceiver;
import io.rist4j.RistProfile;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;
import io.rist4j.cli.media.MediaUrl;
import io.rist4j.cli.media.MediaUrl.Direction;
import io.rist4j.cli.media.MediaUrl.Kind;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Receives a stream, like libRIST's {@code ristreceiver}. */
final class ReceiveCommand implements RistCommand {
    private static final Duration UNTIL_PLAYED = Duration.ofMinutes(1);

    private final UrlList inputs = new UrlList();
    private final UrlList outputs = new UrlList();
    private boolean endsWithSender;
    private ReceiverOutputs.Failure outputFailure = ReceiverOutputs.Failure.retry;
    private final LinkOptions link = new LinkOptions();

    @Override
    public CommandSpec commandSpec() {
        Options options =
                Options.ofCommand(
                        "rist receive -i rist://@:PORT[,...] -o OUTPUT[,...] [OPTIONS]",
                        "Receive a stream from a RIST sender. Takes the options of ristreceiver.",
                        "",
                        "OUTPUT is a file, - for standard output, udp:// or rtp://; several get the same.",
                        "Several rist:// inputs are paths of one session (bonding).",
                        "Where an output has a stream-id, many senders are received, each with its own.",
                        "",
                        "Examples:",
                        "  rist receive -i rist://@:5000 -o movie.ts",
                        "  rist receive -i rist://@:5000?buffer=500 -o udp://239.1.2.3:1234?miface=eth0&ttl=4",
                        "  rist receive -i rist://@:5000 -o - | ffplay -",
                        "  rist receive -i rist://@:5000,rist://@:5010 -o out.ts,udp://127.0.0.1:1234 -x",
                        "  rist receive -i rist://@:5000 -o udp://h:1?stream-id=1000,udp://h:2?stream-id=2000");
        options.value(
                        SharedOptions.INPUT,
                        "rist://@:PORT[,...]",
                        String.class,
                        inputs::add,
                        "Where the stream comes from; up to 20 paths, in lists or one by one. rist://HOST:PORT"
                                + " dials; rist://@:0 listens on a port that the system chooses, and"
                                + " says which.")
                .value(
                        SharedOptions.OUTPUT,
                        "OUTPUT[,...]",
                        String.class,
                        outputs::add,
                        "Where it goes to; up to 20, in lists or one by one.")
                .value(
                        "--output-failure",
                        "retry|stop",
                        ReceiverOutputs.Failure.class,
                        given -> outputFailure = given,
                        "When an output fails: retry (default): the others go on, it is opened again, a"
                                + " file as NAME-2, and the command ends when none is left; stop: it"
                                + " ends at once.");
        SharedOptions.endWithSender(options, () -> endsWithSender = true);
        link.addTo(options);
        return options.spec();
    }

    @Override
    public int run(Console console, StopSignal stop) throws IOException {
        if (link.explain(console)) {
            return ExitCode.DONE;
        }
        link.check();
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new UsageException(
                    (inputs.isEmpty() ? "-i, --inputurl" : "-o, --outputurl") + " is missing");
        }
        List<MediaUrl> targets = MediaUrl.parseList(outputs.text(), Direction.OUTPUT);
        if (targets.stream().filter(target -> target.kind() == Kind.STANDARD).count() > 1) {
            throw new UsageException("standard output is in the list of outputs twice");
        }
        List<RistUri> paths =
                LinkSetup.paths("-i, --inputurl", inputs.text(), link.defaults().build(), link);
        RistUsers users = link.security.users(paths);
        link.security.forget();
        var life = new Lifecycle();
        try (Screen screen = LinkSetup.screen(console, link);
                var events = new EventLog(screen, life, "sender", paths);
                RistPump pump = LinkSetup.startPump(link)) {
            try (var to = ReceiverOutputs.open(targets, pump, life, screen, outputFailure);
                    var _ = new TroubleWatch(to.network(), pump, screen)) {
                if (chooses(targets, paths)) {
                    RistMultiReceiver receiver =
                            openSeveral(
                                    with(RistMultiReceiver.builder(), paths, pump, events, users),
                                    to);
                    hint(life, screen, paths, receiver::unreadableDatagrams);
                    receive(receiver, new PortFigures(receiver), pump, life, screen, stop);
                } else {
                    RistReceiver receiver =
                            openOne(with(RistReceiver.builder(), paths, pump, events, users), to);
                    hint(life, screen, paths, () -> receiver.stats().unreadableDatagrams());
                    receive(
                            receiver,
                            new ReceiverFigures(receiver, receiver::stats, receiver::latestStats),
                            pump,
                            life,
                            screen,
                            stop);
                }
            }
            life.rethrow();
            return stop.isRaised() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        }
    }

    private static void hint(
            Lifecycle life, Screen screen, List<RistUri> paths, LongSupplier refused) {
        RistProfile profile = paths.get(0).config().profile();
        new PeerHint("a sender", profile, PeerHint.Choice.OPTION).start(life, screen, refused);
    }

    /** Whether outputs choose among streams. */
    private static boolean chooses(List<MediaUrl> targets, List<RistUri> paths) {
        for (MediaUrl target : targets) {
            if (target.selection().isSelective()
                    && paths.get(0).config().profile() != RistProfile.MAIN) {
                throw new UsageException(
                        target + ": stream-id and multiplex-mode need the main profile");
            }
        }
        return targets.stream().anyMatch(target -> target.selection().isSelective());
    }

    private static <B extends HandleBuilder<B>> B with(
            B builder,
            List<RistUri> paths,
            RistPump pump,
            EventLog events,
            @Nullable RistUsers users) {
        builder.paths(paths).pump(pump).onEvent(events);
        return users == null ? builder : builder.users(users);
    }

    private void receive(
            RistHandle receiver,
            Figures figures,
            RistPump pump,
            Lifecycle life,
            Screen screen,
            StopSignal stop)
            throws IOException {
        stop.onRaise(life::end);
        screen.log(LogLevel.INFO, "receiving " + shown() + " into " + outputs.shown());
        ChosenPorts.tell(screen, receiver);
        try (var reporter = new Reporter(screen, link, figures, pump)) {
            reporter.start();
            boolean _ = link.awaitPeer(life, "no sender came to " + shown());
            life.awaitEnd();
            receiver.close(UNTIL_PLAYED);
        }
    }

    private RistReceiver openOne(RistReceiver.Builder builder, ReceiverOutputs to)
            throws IOException {
        if (endsWithSender) {
            builder.endWithPeer();
        }
        return builder.onBlock(to::write).open();
    }

    /** Outputs choose among the flows of all senders, as ristreceiver's do. */
    private RistMultiReceiver openSeveral(RistMultiReceiver.Builder builder, ReceiverOutputs to)
            throws IOException {
        if (endsWithSender) {
            builder.endWithPeers();
        }
        return builder.onFlow(flow -> flow.onBlock(to::write)).open();
    }

    private String shown() {
        return inputs.shown();
    }
}
