package io.rist4j.cli;

import io.rist4j.MainConfig;
import io.rist4j.RistConfigBuilder;
import io.rist4j.RistHandle;
import io.rist4j.RistProfile;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistSender;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;
import io.rist4j.access.PumpAccess;
import io.rist4j.cli.media.Redaction;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;
import io.rist4j.net.tun.IpPrefix;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A network of two hosts over the out-of-band channel of a session. */
@Command(
        name = "tunnel",
        customSynopsis = {
            "rist tunnel -i rist://@:PORT --address ADDRESS/BITS [OPTIONS]",
            "rist tunnel -o rist://HOST:PORT --address ADDRESS/BITS [OPTIONS]"
        },
        sortOptions = false,
        description =
                "Carry IP packets between two hosts, over a network device (TUN). Linux only; needs"
                        + " root or CAP_NET_ADMIN.",
        footer = {
            "",
            "Packets go out of band: under the secret, not asked for again when they are lost.",
            "Without a secret it is refused, for whoever reaches the port would be in the network.",
            "",
            "Examples:",
            "  rist tunnel -i rist://@:5000 --address 10.9.0.1/24 --secret-file secret.txt",
            "  rist tunnel -o rist://host.example:5000 --address 10.9.0.2/24 --secret-file secret.txt"
        })
final class TunnelCommand implements RistCommand {
    private static final int MIN_MTU = 68;

    @Option(
            names = {"-i", "--inputurl", "--input"},
            paramLabel = "rist://@:PORT",
            description = "The end of the tunnel that the other one comes to.")
    private @Nullable String input;

    @Option(
            names = {"-o", "--outputurl", "--output"},
            paramLabel = "rist://HOST:PORT",
            description = "The other end.")
    private @Nullable String output;

    @Option(
            names = "--tun",
            paramLabel = "NAME",
            description = "The network device; it is made unless it is there. Default: rist0.")
    private String name = "rist0";

    @Option(
            names = "--address",
            paramLabel = "ADDRESS/BITS",
            description = "Its address; once for IPv4, once for IPv6.")
    private List<String> addresses = new ArrayList<>();

    @Option(
            names = "--mtu",
            paramLabel = "BYTES",
            description = "Its longest packet. Default: 1400.")
    private int mtu = 1400;

    @Option(
            names = "--insecure",
            description =
                    "Without a secret and users too, or with users in clear: whoever can send to this port, or in the name of the"
                            + " other end, is in this network then.")
    private boolean insecure;

    private final LinkOptions link = new LinkOptions();

    @Override
    public CommandSpec commandSpec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(this);
        link.addTo(Options.of(spec));
        return spec;
    }

    @Override
    public int run(Console console, StopSignal stop) throws IOException {
        if (link.explain(console)) {
            return ExitCode.DONE;
        }
        link.check();
        String url = input == null ? output : input;
        if (url == null || (input != null && output != null)) {
            throw new UsageException("one of -i, --input and -o, --output must be given");
        }
        List<RistUri> paths =
                LinkSetup.paths(
                        input == null ? "-o, --output" : "-i, --input",
                        url,
                        keyedUnlessMeantToBeOpen(link.defaults()).build(),
                        link);
        if (paths.size() != 1) {
            throw new UsageException(paths.size() + " paths; a tunnel has one");
        }
        if (!(paths.get(0).config() instanceof MainConfig config)) {
            throw new UsageException(
                    "a tunnel needs the main profile; simple has no out-of-band channel");
        }
        RistUsers users = link.security.users(paths);
        refuseOpenNetwork(config, users != null || config.username().isPresent());
        TunSpec spec = spec();
        link.security.forget();
        var life = new Lifecycle();
        try (Screen screen = LinkSetup.screen(console, link);
                var events = new EventLog(screen, life, "other end", paths);
                RistPump pump = LinkSetup.startPump(link)) {
            return run(pump, spec, paths, users, life, events, screen, stop);
        }
    }

    /**
     * EAP-SRP proves who calls, and what follows it in clear would come from whoever takes his
     * address.
     */
    private RistConfigBuilder<?> keyedUnlessMeantToBeOpen(RistConfigBuilder<?> defaults) {
        return defaults instanceof MainConfig.Builder main
                ? main.requireEncryption(!insecure)
                : defaults;
    }

    /** Packets that nobody proves are packets of anybody. */
    private void refuseOpenNetwork(MainConfig config, boolean usersProve) {
        boolean keyed = config.secret().isPresent() || (usersProve && config.requireEncryption());
        if (!keyed && !insecure) {
            throw new UsageException(
                    "anybody could get into this network: give --secret-file, or users (-F or"
                            + " --username) without require-encryption=0; --insecure leaves it"
                            + " open");
        }
    }

    private TunSpec spec() {
        if (mtu < MIN_MTU || mtu > RistHandle.MAX_OUT_OF_BAND_BYTES) {
            throw new UsageException(
                    "--mtu "
                            + mtu
                            + " bytes is outside "
                            + MIN_MTU
                            + ".."
                            + RistHandle.MAX_OUT_OF_BAND_BYTES
                            + " bytes");
        }
        try {
            TunSpec spec = TunSpec.of(name).withMtu(mtu);
            for (String address : addresses) {
                spec = spec.withAddress(IpPrefix.parse(address));
            }
            return spec;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tun, --address: " + e.getMessage());
        }
    }

    private int run(
            RistPump pump,
            TunSpec spec,
            List<RistUri> paths,
            @Nullable RistUsers users,
            Lifecycle life,
            EventLog events,
            Screen screen,
            StopSignal stop)
            throws IOException {
        var tunnel = new Tunnel();
        TunDevice device = PumpAccess.pump(pump).open(spec, tunnel::onPacket);
        RistHandle handle = open(pump, paths, users, events, tunnel);
        tunnel.connect(device, handle);
        stop.onRaise(life::end);
        screen.log(
                LogLevel.INFO,
                "tunnel "
                        + device.name()
                        + (addresses.isEmpty() ? "" : " " + String.join(" ", addresses))
                        + (input == null ? " to " : " at ")
                        + Redaction.of(String.valueOf(input == null ? output : input)));
        ChosenPorts.tell(screen, handle);
        new PeerHint("the other end", RistProfile.MAIN, PeerHint.Choice.OPTION)
                .start(life, screen, () -> refused(handle));
        try (var reporter = new Reporter(screen, link, new TunnelFigures(tunnel, handle), pump)) {
            reporter.start();
            boolean _ = link.awaitPeer(life, "the other end did not come");
            life.awaitEnd();
        } finally {
            handle.close(Duration.ZERO);
        }
        life.rethrow();
        return stop.isRaised() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private static long refused(RistHandle handle) {
        return handle instanceof RistSender sender
                ? sender.stats().unreadableDatagrams()
                : handle instanceof RistReceiver receiver
                        ? receiver.stats().unreadableDatagrams()
                        : 0;
    }

    private RistHandle open(
            RistPump pump,
            List<RistUri> paths,
            @Nullable RistUsers users,
            EventLog events,
            Tunnel tunnel)
            throws IOException {
        if (input == null) {
            RistSender.Builder sender = RistSender.builder().paths(paths).pump(pump);
            if (users != null) {
                sender.users(users);
            }
            return sender.onEvent(events).onOutOfBand(tunnel::onDatagram).open();
        }
        RistReceiver.Builder receiver = RistReceiver.builder().paths(paths).pump(pump);
        if (users != null) {
            receiver.users(users);
        }
        return receiver.onEvent(events).onOutOfBand(tunnel::onDatagram).open();
    }
}
