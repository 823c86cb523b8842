package io.rist4j.cli;

import io.rist4j.NullPacketRule;
import io.rist4j.RistConfig;
import io.rist4j.RistConfigBuilder;
import io.rist4j.RistProfile;
import io.rist4j.RistPump;
import io.rist4j.RistSender;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;
import io.rist4j.access.PumpAccess;
import io.rist4j.cli.media.MediaUrl;
import io.rist4j.cli.media.MediaUrl.Direction;
import io.rist4j.cli.media.NetworkInput;
import io.rist4j.cli.media.OpenFiles;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends a stream, like libRIST's {@code ristsender}. */
final class SendCommand implements RistCommand {
    private static final long HOLD_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long MAX_BITS_PER_SECOND = 10_000_000_000L;

    private final UrlList inputs = new UrlList();
    private final UrlList outputs = new UrlList();
    private boolean loop;
    private @Nullable String bitrate;
    private int fastStart;
    private boolean deletesNullPackets;
    private final LinkOptions link = new LinkOptions();

    @Override
    public CommandSpec commandSpec() {
        Options options =
                Options.ofCommand(
                        "rist send -i INPUT[,...] -o rist://HOST:PORT[,...] [OPTIONS]",
                        "Send a stream to a RIST receiver. Takes the options of ristsender.",
                        "",
                        "INPUT is a file (paced by its PCR), - for standard input, udp:// or rtp://.",
                        "Several rist:// outputs are paths of one session (bonding).",
                        "Where network inputs have a stream-id each, every one is a stream of its own.",
                        "",
                        "Examples:",
                        "  rist send -i movie.ts -o rist://receiver.example:5000",
                        "  rist send -i movie.ts --loop -o rist://receiver.example:5000 -b 500",
                        "  rist send -i udp://@239.1.2.3:1234?miface=eth0 -o rist://10.0.0.1:5000",
                        "  ffmpeg -re -i in.mp4 -c copy -f mpegts - | rist send -i - -o rist://10.0.0.1:5000",
                        "  rist send -i udp://@:1234 -o rist://10.0.0.1:5000,rist://10.1.0.1:5000",
                        "  rist send -i udp://@:1?stream-id=1000,udp://@:2?stream-id=2000 -o rist://h:5000");
        options.value(
                        SharedOptions.INPUT,
                        "INPUT[,...]",
                        String.class,
                        inputs::add,
                        "Where the stream comes from; up to 20, in lists or one by one.")
                .value(
                        SharedOptions.OUTPUT,
                        "rist://HOST:PORT[,...]",
                        String.class,
                        outputs::add,
                        "Where it goes to; up to 20 paths, in lists or one by one. rist://@:PORT waits to be dialled.")
                .flag("--loop", () -> loop = true, "Begin a file again at its end, for ever.")
                .value(
                        "--bitrate",
                        "BITRATE",
                        String.class,
                        given -> bitrate = given,
                        "Send files, and pipes at most, at this rate instead of by their PCR, for"
                                + " example 8M.")
                .value(
                        "-f --fast-start",
                        "0|1",
                        Integer.class,
                        given -> fastStart = given,
                        "1: begin with a file or pipe at once. 0 (default): wait up to 5 s for the"
                                + " receiver. Network inputs always begin at once.")
                .flag(
                        "-n --null-packet-deletion",
                        () -> deletesNullPackets = true,
                        "Leave null packets of a transport stream out; receivers put them back.");
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
        if (fastStart != 0 && fastStart != 1) {
            throw new UsageException("-f, --fast-start " + fastStart + " is outside 0..1");
        }
        List<MediaUrl> sources = MediaUrl.parseList(inputs.text(), Direction.INPUT);
        long bitsPerSecond =
                bitrate == null
                        ? 0
                        : Quantities.bitsPerSecond("--bitrate", bitrate, 1000, MAX_BITS_PER_SECOND);
        List<RistUri> paths = LinkSetup.paths("-o, --outputurl", outputs.text(), defaults(), link);
        List<List<RistUri>> ofEach = NetworkInputs.paths(sources, paths);
        RistUsers users = link.security.users(paths);
        link.security.forget();
        for (MediaUrl source : sources) {
            OpenFiles.checkInput(source);
        }
        var life = new Lifecycle();
        try (Screen screen = LinkSetup.screen(console, link);
                var events = new EventLog(screen, life, "receiver", paths);
                RistPump pump = LinkSetup.startPump(link)) {
            var senders = new ArrayList<RistSender>();
            for (List<RistUri> pathsOfOne : ofEach) {
                RistSender.Builder builder =
                        RistSender.builder().paths(pathsOfOne).pump(pump).onEvent(events);
                if (users != null) {
                    builder.users(users);
                }
                senders.add(builder.open());
            }
            RistProfile profile = paths.get(0).config().profile();
            new PeerHint("a receiver", profile, PeerHint.Choice.OPTION)
                    .start(
                            life,
                            screen,
                            () ->
                                    senders.stream()
                                            .mapToLong(s -> s.stats().unreadableDatagrams())
                                            .sum());
            return send(pump, sources, senders, bitsPerSecond, life, screen, stop);
        }
    }

    /** libRIST leaves out everything with the null packets' PID, and so does its option. */
    private RistConfig defaults() {
        RistConfigBuilder<?> builder = link.defaults();
        return deletesNullPackets
                ? builder.forSender()
                        .nullPacketDeletion(true)
                        .nullPacketRule(NullPacketRule.EVERY)
                        .build()
                        .asConfig()
                : builder.build();
    }

    private int send(
            RistPump pump,
            List<MediaUrl> sources,
            List<RistSender> senders,
            long bitsPerSecond,
            Lifecycle life,
            Screen screen,
            StopSignal stop)
            throws IOException {
        List<NetworkInput> network = NetworkInputs.open(sources, pump, senders);
        List<MediaUrl> files = sources.stream().filter(source -> !source.isNetwork()).toList();
        var feed =
                new Feed(
                        files,
                        loop,
                        bitsPerSecond,
                        screen,
                        senders.get(0),
                        PumpAccess.pump(pump).clock(),
                        network.isEmpty() ? life::end : () -> {});
        stop.onRaise(life::end);
        screen.log(LogLevel.INFO, "sending " + inputs.shown() + " to " + shown());
        network.forEach(input -> ChosenPorts.tell(screen, input));
        senders.forEach(sender -> ChosenPorts.tell(screen, sender));
        try (var reporter = new Reporter(screen, link, figures(senders), pump);
                var _ = new TroubleWatch(network, pump, screen)) {
            reporter.start();
            awaitReceiver(life, !files.isEmpty(), screen);
            if (!files.isEmpty() && !life.isEnded()) {
                feed.start();
            }
            life.awaitEnd();
            network.forEach(NetworkInput::close);
            feed.stop();
            if (senders.stream().anyMatch(RistSender::isConnected)) {
                screen.log(LogLevel.INFO, "answering requests for the last packets");
            }
            senders.forEach(RistSender::close);
        }
        life.rethrow();
        feed.rethrow();
        if (stop.isRaised()) {
            return ExitCode.INTERRUPTED;
        }
        if (!life.everConnected()) {
            throw new CommandFailure(ExitCode.NO_PEER, noReceiver() + life.trouble());
        }
        return ExitCode.DONE;
    }

    private static Figures figures(List<RistSender> senders) {
        return new SeveralFigures(senders.stream().map(SenderFigures::new).toList());
    }

    private String shown() {
        return outputs.shown();
    }

    private String noReceiver() {
        return "no receiver came to " + shown();
    }

    /** Files and pipes can wait until somebody listens; the network cannot. */
    private void awaitReceiver(Lifecycle life, boolean canHold, Screen screen)
            throws CommandFailure {
        boolean waited = link.awaitPeer(life, noReceiver());
        if (!waited && canHold && fastStart == 0 && !life.awaitPeer(HOLD_NS)) {
            screen.log(LogLevel.WARNING, noReceiver() + " yet; sending anyway");
        }
    }
}
