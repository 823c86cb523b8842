package io.rist4j.cli;

import io.rist4j.RistConfig;
import io.rist4j.RistConfigException;
import io.rist4j.RistPump;
import io.rist4j.RistUri;
import io.rist4j.cli.media.MediaParameter;
import io.rist4j.cli.view.Screen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** From the options that {@code send} and {@code receive} share to what they mean. */
final class LinkSetup {
    /** What is explained by {@code --help-url}. */
    static String urlHelp() {
        var text = new StringBuilder(RistUri.help());
        text.append("\nThe commands' profile is main, unless -p or the URL says otherwise.\n");
        text.append("\nudp://[@]host:port[?name=value&...] and rtp://[@]host:port[?...]\n\n");
        for (MediaParameter parameter : MediaParameter.values()) {
            text.append(parameter.help()).append('\n');
        }
        return text.toString();
    }

    /**
     * The paths of the session; {@code --buffer} wins over the URLs.
     *
     * @param base what neither they nor the options set
     */
    static List<RistUri> paths(String option, String list, RistConfig base, LinkOptions options) {
        try {
            var paths = new ArrayList<RistUri>();
            for (String url : list.split(",", -1)) {
                if (!paths.isEmpty() && !url.contains("://")) {
                    throw new UsageException(
                            option
                                    + ": what follows a comma is another URL; a secret with a comma"
                                    + " goes into -s, --secret or --secret-file");
                }
                RistUri uri = options.security.parse(url.strip(), base);
                paths.add(options.bufferMs == 0 ? uri : withBuffer(uri, options.bufferMs));
            }
            return paths;
        } catch (RistConfigException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    private static RistUri withBuffer(RistUri uri, int bufferMs) {
        try {
            return uri.withConfig(
                    uri.config().toBuilder().recoveryBuffer(Duration.ofMillis(bufferMs)).build());
        } catch (RistConfigException e) {
            throw named("-b, --buffer", e);
        }
    }

    /** A refusal that names the option instead of the setting that it stands for. */
    static UsageException named(String option, RistConfigException e) {
        String message = String.valueOf(e.getMessage());
        return new UsageException(
                message.startsWith(e.field() + " ")
                        ? option + message.substring(e.field().length())
                        : option + ": " + message);
    }

    /** Where a command logs, as the options want it. */
    static Screen screen(Console console, RunOptions options) throws IOException {
        boolean live = console.interactive() && !options.quiet && options.statsMs == null;
        var screen =
                new Screen(
                        console.err(),
                        live,
                        console.columns(),
                        options.mostVerbose(),
                        options.logFormat);
        if (options.remoteLogging != null) {
            HostPort to =
                    HostPort.parse("-r, --remote-logging", options.remoteLogging, "127.0.0.1");
            screen.copyTo(remote(to.resolve()));
        }
        return screen;
    }

    private static Consumer<String> remote(InetSocketAddress to) throws IOException {
        DatagramChannel socket = DatagramChannel.open(); // as long as the process
        socket.configureBlocking(false); // the network thread logs, and must not wait
        return line -> {
            try {
                int _ = socket.send(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), to);
            } catch (IOException e) {
                // a log that nobody reads must not end the stream
            }
        };
    }

    /** The network thread, with the kind of port that was asked for. */
    static RistPump startPump(RunOptions options) {
        return startPump("rist-pump", options.network);
    }

    /**
     * A network thread. What it throws ends the process, as what any other thread throws does.
     *
     * @param network the kind of port
     */
    static RistPump startPump(String name, String network) {
        try {
            return RistPump.builder()
                    .threadName(name)
                    .portImplementation(network)
                    .onFailure(LinkSetup::uncaught)
                    .start();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--network " + network + ": " + e.getMessage());
        }
    }

    private static void uncaught(Throwable cause) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }

    private LinkSetup() {}
}
