package io.rist4j.cli;

import io.rist4j.RistBlockView;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;
import io.rist4j.cli.media.MediaOutput;
import io.rist4j.cli.media.MediaUrl;
import io.rist4j.cli.media.MediaUrl.Direction;
import io.rist4j.cli.media.MediaUrl.Kind;
import io.rist4j.cli.media.NetworkOutput;
import io.rist4j.cli.media.OpenFiles;
import io.rist4j.cli.media.Redaction;
import io.rist4j.cli.media.StreamOutput;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Receives a stream, like libRIST's {@code ristreceiver}. */
final class ReceiveCommand implements RistCommand {
    private static final Duration UNTIL_PLAYED = Duration.ofMinutes(1);
    private static final double MAX_WAIT_SECONDS = 1e6;

    private @Nullable String inputs;
    private @Nullable String outputs;
    private boolean endsWithSender;
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
                        "",
                        "Examples:",
                        "  rist receive -i rist://@:5000 -o movie.ts",
                        "  rist receive -i rist://@:5000?buffer=500 -o udp://239.1.2.3:1234?miface=eth0&ttl=4",
                        "  rist receive -i rist://@:5000 -o - | ffplay -",
                        "  rist receive -i rist://@:5000,rist://@:5010 -o out.ts,udp://127.0.0.1:1234 -x");
        options.value(
                        "-i --inputurl --input",
                        "rist://@:PORT[,...]",
                        String.class,
                        given -> inputs = given,
                        "Where the stream comes from; up to 20 paths. rist://HOST:PORT dials.")
                .value(
                        "-o --outputurl --output",
                        "OUTPUT[,...]",
                        String.class,
                        given -> outputs = given,
                        "Where it goes to; up to 20.")
                .flag(
                        "-x --session-timeout-exit",
                        () -> endsWithSender = true,
                        "End when the sender leaves or falls silent, instead of waiting for it.");
        link.addTo(options);
        return options.spec();
    }

    @Override
    public int run(Console console, StopSignal stop) throws IOException {
        if (link.helpUrl) {
            console.out().print(LinkSetup.urlHelp());
            return ExitCode.DONE;
        }
        link.check();
        if (inputs == null || outputs == null) {
            throw new UsageException(
                    (inputs == null ? "-i, --inputurl" : "-o, --outputurl") + " is missing");
        }
        List<MediaUrl> targets = MediaUrl.parseList(outputs, Direction.OUTPUT);
        if (targets.stream().filter(target -> target.kind() == Kind.STANDARD).count() > 1) {
            throw new UsageException("standard output is in the list of outputs twice");
        }
        List<RistUri> paths =
                LinkSetup.paths("-i, --inputurl", inputs, link.defaults().build(), link);
        RistUsers users = link.security.users(paths);
        Screen screen = LinkSetup.screen(console, link);
        var life = new Lifecycle();
        try (var events = new EventLog(screen, life, "sender", paths);
                RistPump pump = LinkSetup.startPump(link)) {
            RistReceiver.Builder builder =
                    RistReceiver.builder().paths(paths).pump(pump).onEvent(events);
            if (users != null) {
                builder.users(users);
            }
            PeerHint.start(life, screen, link, "sender");
            return receive(pump, builder, targets, life, screen, stop);
        }
    }

    private int receive(
            RistPump pump,
            RistReceiver.Builder builder,
            List<MediaUrl> targets,
            Lifecycle life,
            Screen screen,
            StopSignal stop)
            throws IOException {
        List<MediaOutput> opened = open(targets, pump, life);
        try {
            run(builder, opened, life, screen, stop);
        } finally {
            close(opened, life);
        }
        life.rethrow();
        return stop.isRaised() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private void run(
            RistReceiver.Builder builder,
            List<MediaOutput> opened,
            Lifecycle life,
            Screen screen,
            StopSignal stop)
            throws IOException {
        MediaOutput[] each = opened.toArray(MediaOutput[]::new);
        builder.onBlock(block -> write(block, each));
        if (endsWithSender) {
            builder.endWithPeer();
        }
        RistReceiver receiver = builder.open();
        stop.onRaise(life::end);
        screen.log(LogLevel.INFO, "receiving " + shown() + " into " + outputs);
        try (var reporter = new Reporter(screen, link, new ReceiverFigures(receiver))) {
            reporter.start();
            awaitSender(life);
            life.awaitEnd();
            receiver.close(UNTIL_PLAYED);
        }
    }

    private String shown() {
        return Redaction.of(String.valueOf(inputs));
    }

    private void awaitSender(Lifecycle life) throws CommandFailure {
        Double limit = link.waitSeconds;
        if (limit != null
                && !life.awaitPeer(Quantities.seconds("--wait", limit, 0, MAX_WAIT_SECONDS))) {
            throw new CommandFailure(
                    ExitCode.NO_PEER,
                    "no sender came to " + shown() + " within " + limit + " s" + life.trouble());
        }
    }

    /** On the pump's thread: from the recovery buffer straight into the outputs. */
    private static void write(RistBlockView block, MediaOutput[] outputs) {
        ByteBuffer payload = block.payload();
        for (MediaOutput output : outputs) {
            output.write(
                    block.sequence(),
                    block.timestamp(),
                    block.flowId(),
                    payload,
                    payload.position(),
                    payload.remaining());
        }
    }

    private static List<MediaOutput> open(List<MediaUrl> targets, RistPump pump, Lifecycle life)
            throws IOException {
        var opened = new ArrayList<MediaOutput>();
        boolean complete = false;
        try {
            for (MediaUrl target : targets) {
                opened.add(
                        target.isNetwork()
                                ? new NetworkOutput(target, pump.pump())
                                : new StreamOutput(
                                        target.kind() == Kind.STANDARD
                                                ? "standard output"
                                                : target.path(),
                                        OpenFiles.output(target),
                                        life::fail));
            }
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                close(opened, life);
            }
        }
    }

    private static void close(List<MediaOutput> outputs, Lifecycle life) {
        for (MediaOutput output : outputs) {
            try {
                output.close();
            } catch (IOException e) {
                life.fail(e);
            }
        }
    }
}
