package io.rist4j.cli;

import io.rist4j.MainConfig;
import io.rist4j.RistConfig;
import io.rist4j.RistConfigBuilder;
import io.rist4j.RistConfigException;
import io.rist4j.RistPump;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;
import io.rist4j.cli.media.Redaction;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Receives once and sends on, like libRIST's {@code rist2rist}, but to several receivers. */
@Command(
        name = "relay",
        customSynopsis = "rist relay -i rist://@:PORT -o rist://HOST:PORT [-o ...] [OPTIONS]",
        sortOptions = false,
        description =
                "Receive a stream and send it on. Takes the options of rist2rist, and several"
                        + " outputs.",
        footer = {
            "",
            "Each -o is a session of its own: one that is slow or dead does not hold back the others.",
            "URLs with commas between them, and several inputs, are paths of one session (bonding).",
            "",
            "Examples:",
            "  rist relay -i 10.0.0.1:5000 -o rist://site-a.example:6000?secret=...",
            "  rist relay --input rist://@:5000 -o rist://a.example:6000 -o rist://b.example:6000",
            "  rist relay -i rist://@:5000 -o rist://@:6000 -F users.srp --secret-file secret.txt"
        })
final class RelayCommand implements RistCommand {
    private static final int MOST_OUTPUTS = 20;
    private static final String SCHEME = "rist://";

    @Option(
            names = {"-i", "--inurl", "--inputurl"},
            paramLabel = "[rist://@]ADDRESS:PORT",
            description =
                    "Where the stream comes from, on the Simple profile unless the URL has another.")
    private List<String> simpleInputs = new ArrayList<>();

    @Option(
            names = "--input",
            paramLabel = "rist://@:PORT",
            description = "The same on the Main profile.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = {"-o", "--outurl", "--outputurl", "--output"},
            paramLabel = "[rist://]HOST:PORT",
            description = "Where it goes to, on the Main profile; up to 20 times.")
    private List<String> outputs = new ArrayList<>();

    @Option(
            names = {"-N", "--cname"},
            paramLabel = "NAME",
            description = "The name that peers see.")
    private @Nullable String cname;

    private int bufferMs;
    private boolean endsWithSender;

    @Option(
            names = "--input-secret-file",
            paramLabel = "FILE",
            description = "Pre-shared secret of the input: the first line of a file.")
    private @Nullable Path inputSecret;

    private final SecurityOptions security = new SecurityOptions(SecurityOptions.KeyLength.NUMBER);

    private final RunOptions options = new RunOptions();

    @Override
    public CommandSpec commandSpec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(this);
        Options more = Options.of(spec);
        SharedOptions.buffer(more, given -> bufferMs = given, "URLs' own wins.");
        SharedOptions.endWithSender(more, () -> endsWithSender = true);
        security.addTo(more);
        options.addTo(more);
        return spec;
    }

    @Override
    public int run(Console console, StopSignal stop) throws IOException {
        if (options.explain(console)) {
            return ExitCode.DONE;
        }
        options.check();
        security.read();
        if (simpleInputs.isEmpty() && inputs.isEmpty()) {
            throw new UsageException("-i, --inurl is missing");
        }
        if (outputs.isEmpty() || outputs.size() > MOST_OUTPUTS) {
            throw new UsageException(
                    outputs.isEmpty()
                            ? "-o, --outurl is missing"
                            : outputs.size() + " outputs; at most " + MOST_OUTPUTS + " work");
        }
        List<RistUri> from = from();
        var to = new ArrayList<List<RistUri>>();
        for (String output : outputs) {
            to.add(paths("-o, --outurl", output, "", settings(RistConfig.main())));
        }
        List<RistUri> all = to.stream().flatMap(List::stream).toList();
        RistUsers users = security.users(all);
        security.forget();
        try (Screen screen = LinkSetup.screen(console, options);
                RistPump pump = LinkSetup.startPump(options);
                var relay = Relay.open(pump, from, endsWithSender, to, users, screen)) {
            return run(relay, pump, screen, stop);
        }
    }

    private int run(Relay relay, RistPump pump, Screen screen, StopSignal stop) throws IOException {
        Lifecycle life = relay.life();
        stop.onRaise(life::end);
        screen.log(LogLevel.INFO, "relaying " + shownInputs() + " to " + shown(outputs));
        relay.handles().forEach(handle -> ChosenPorts.tell(screen, handle));
        relay.hint(screen);
        try (var reporter = new Reporter(screen, options, relay.figures(), pump)) {
            reporter.start();
            boolean _ = options.awaitPeer(life, "no sender came to " + shownInputs());
            life.awaitEnd();
            relay.drain();
        }
        life.rethrow();
        relay.rethrowWhereNothingIsLeft();
        return stop.isRaised() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private String shownInputs() {
        var all = new ArrayList<>(simpleInputs);
        all.addAll(inputs);
        return shown(all);
    }

    private static String shown(List<String> urls) {
        return Redaction.of(String.join(" and ", urls));
    }

    /** The paths that the stream comes over. */
    private List<RistUri> from() throws IOException {
        var paths = new ArrayList<RistUri>();
        for (String input : simpleInputs) {
            paths.addAll(inputPaths("-i, --inurl", input, RistConfig.simple()));
        }
        for (String input : inputs) {
            paths.addAll(inputPaths("--input", input, RistConfig.main()));
        }
        return paths;
    }

    private List<RistUri> inputPaths(String option, String urls, RistConfigBuilder<?> profile)
            throws IOException {
        RistConfig base = settings(profile);
        if (inputSecret != null) {
            if (!(base instanceof MainConfig main)) {
                throw new UsageException(
                        "--input-secret-file needs the main profile: give the input by --input");
            }
            char[] secret = SecurityOptions.firstLine(inputSecret);
            base = main.toBuilder().secret(secret).build();
            Arrays.fill(secret, '\0');
        }
        var paths = new ArrayList<RistUri>();
        for (String url : urls.split(",", -1)) {
            paths.add(parsed(option, withScheme(url.strip(), "@"), base, null));
        }
        return paths;
    }

    private List<RistUri> paths(String option, String urls, String at, RistConfig base) {
        var paths = new ArrayList<RistUri>();
        for (String url : urls.split(",", -1)) {
            paths.add(parsed(option, withScheme(url.strip(), at), base, security));
        }
        return paths;
    }

    private static RistUri parsed(
            String option, String url, RistConfig base, @Nullable SecurityOptions protection) {
        try {
            return protection == null ? RistUri.parse(url, base) : protection.parse(url, base);
        } catch (RistConfigException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    /** rist2rist's {@code ADDRESS:PORT} means a URL. */
    private static String withScheme(String url, String at) {
        return url.contains("://") ? url : SCHEME + (url.startsWith("@") ? "" : at) + url;
    }

    private RistConfig settings(RistConfigBuilder<?> builder) {
        SharedOptions.checkBuffer(bufferMs);
        try {
            if (bufferMs > 0) {
                builder.recoveryBuffer(Duration.ofMillis(bufferMs));
            }
            if (cname != null) {
                builder.cname(cname);
            }
            return builder.build();
        } catch (RistConfigException e) {
            throw LinkSetup.named(e.field().equals("cname") ? "-N, --cname" : "-b, --buffer", e);
        }
    }
}
