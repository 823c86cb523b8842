package io.rist4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * libRIST 0.2.20, as {@code interop/librist-0.2.20} brings it: what users install now. It dials and
 * listens in both roles, and its listeners take users from a file that its own tool wrote.
 *
 * @param protection of the link
 * @param start the profile that it begins with
 */
record CurrentLibrist(Protection protection, Start start) implements End {
    /** The profile that it begins with. */
    enum Start {
        MAIN,
        /** Its default, Advanced: it falls back to Main where the other end does not answer. */
        DEFAULT;

        private List<String> words() {
            return this == MAIN ? List.of("-p", "1") : List.of();
        }
    }

    private static final Path TOOLS = Tools.currentLibrist();
    private static final long PASSWORD_TOOL_SECONDS = 30;

    @Override
    public String name() {
        String profile = start == Start.MAIN ? "" : " by default";
        return "libRIST 0.2.20 " + protection + profile;
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public Optional<String> missing() {
        return absent();
    }

    /** Which of its tools is absent, when one is. */
    static Optional<String> absent() {
        return Tools.missing(tool("ristsender"), tool("ristreceiver"), tool("ristsrppasswd"));
    }

    @Override
    public Sender sender(int port, Duration buffer) throws IOException, InterruptedException {
        return tools(false).sender(port, buffer);
    }

    @Override
    public Sender listeningSender(int port, Duration buffer)
            throws IOException, InterruptedException {
        return tools(true).listeningSender(port, buffer);
    }

    @Override
    public Receiver receiver(int port, Duration buffer, Recording into)
            throws IOException, InterruptedException {
        return tools(true).receiver(port, buffer, into);
    }

    @Override
    public Receiver diallingReceiver(int port, Duration buffer, Recording into)
            throws IOException, InterruptedException {
        return tools(false).diallingReceiver(port, buffer, into);
    }

    private UdpToolEnd tools(boolean listen) throws IOException, InterruptedException {
        var options = new ArrayList<>(start.words());
        options.addAll(List.of("-S", "0", "-v", "6"));
        String url = "rist://127.0.0.1:{to}?buffer={buffer}" + protection.diallingParameters();
        if (listen) {
            url = "rist://@127.0.0.1:{port}?buffer={buffer}" + protection.listeningParameters();
            if (protection.authenticates()) {
                options.addAll(List.of("-F", users().toString()));
            }
        }
        return new UdpToolEnd(
                name(),
                true,
                command("ristsender", options, "udp://@127.0.0.1:{in}", url),
                command("ristreceiver", options, url, "udp://127.0.0.1:{out}"));
    }

    private static List<String> command(
            String tool, List<String> options, String input, String output) {
        var words = new ArrayList<String>();
        words.add(tool(tool));
        words.addAll(options);
        words.addAll(List.of("-i", input, "-o", output));
        return words;
    }

    private static String tool(String name) {
        return TOOLS.resolve(name).toString();
    }

    private static synchronized Path users() throws IOException, InterruptedException {
        Path file = Path.of("target", "librist-users").toAbsolutePath();
        Files.createDirectories(file.getParent());
        Process process =
                new ProcessBuilder(tool("ristsrppasswd"), Protection.USER, Protection.PASSWORD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            byte[] line = process.getInputStream().readAllBytes();
            if (!process.waitFor(PASSWORD_TOOL_SECONDS, TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                throw new IOException("ristsrppasswd wrote no user");
            }
            Files.write(file, line);
            return file;
        } finally {
            process.destroy();
        }
    }
}
