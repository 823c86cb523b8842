package io.rist4j.bench.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sender and a receiver program with UDP in and UDP out.
 *
 * <p>The commands are templates: {@code {in}} is the UDP port that the sender reads, {@code {to}}
 * the RIST port that it sends to, {@code {port}} the RIST port that the receiver listens on, {@code
 * {out}} the UDP port that it writes to, {@code {query}} the parameters of the {@code rist://} URL.
 * All addresses are 127.0.0.1. Each command must leave the process that it starts in place (a
 * script ends in {@code exec}).
 *
 * @param bufferMs what latency is counted from: the recovery buffer, or 0 for the relay
 */
record Contender(String name, List<String> sender, List<String> receiver, int bufferMs) {

    static final String RELAY = "relay";
    static final String RIST4J = "rist4j";
    static final String LIBRIST = "librist";

    private static final List<String> QUIET = List.of("-S", "0", "-v", "3");

    static Contender relay(Path tools) {
        String relay = tools.resolve("relay").toString();
        return new Contender(
                RELAY, List.of(relay, "{in}", "{to}"), List.of(relay, "{port}", "{out}"), 0);
    }

    static Contender rist4j(Path launcher, List<String> profile, int bufferMs) {
        return likeLibrist(
                RIST4J,
                List.of(launcher.toString(), "send"),
                List.of(launcher.toString(), "receive"),
                profile,
                bufferMs);
    }

    /** libRIST's tools in {@code folder}, or those on the PATH when it is empty. */
    static Contender librist(String name, String folder, List<String> profile, int bufferMs) {
        return likeLibrist(
                name,
                List.of(tool(folder, "ristsender")),
                List.of(tool(folder, "ristreceiver")),
                profile,
                bufferMs);
    }

    /** {@code NAME|SENDER TEMPLATE|RECEIVER TEMPLATE}. */
    static Contender parse(String text, int bufferMs) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "--peer wants 'name|sender command|receiver command', not: " + text);
        }
        return new Contender(parts[0].trim(), words(parts[1]), words(parts[2]), bufferMs);
    }

    /** The same, each command behind a prefix that ends in executing it. */
    Contender under(List<String> prefix) {
        return new Contender(
                name,
                Stream.concat(prefix.stream(), sender.stream()).toList(),
                Stream.concat(prefix.stream(), receiver.stream()).toList(),
                bufferMs);
    }

    private static Contender likeLibrist(
            String name,
            List<String> send,
            List<String> receive,
            List<String> profile,
            int bufferMs) {
        List<String> options = Stream.concat(profile.stream(), QUIET.stream()).toList();
        return new Contender(
                name,
                join(
                        send,
                        options,
                        List.of(
                                "-i",
                                "udp://@127.0.0.1:{in}",
                                "-o",
                                "rist://127.0.0.1:{to}?{query}")),
                join(
                        receive,
                        options,
                        List.of(
                                "-i",
                                "rist://@127.0.0.1:{port}?{query}",
                                "-o",
                                "udp://127.0.0.1:{out}")),
                bufferMs);
    }

    private static String tool(String folder, String name) {
        if (folder.isEmpty()) {
            return name;
        }
        Path file = Path.of(folder, name).toAbsolutePath();
        if (!Files.isExecutable(file)) {
            throw new IllegalArgumentException("no executable " + file);
        }
        return file.toString();
    }

    private static List<String> words(String text) {
        return List.of(text.trim().split("\\s+", -1));
    }

    private static List<String> join(
            List<String> command, List<String> options, List<String> urls) {
        return Stream.of(command, options, urls).flatMap(List::stream).toList();
    }

    List<String> senderCommand(Ports ports, Cell cell) {
        return fill(sender, ports, cell);
    }

    List<String> receiverCommand(Ports ports, Cell cell) {
        return fill(receiver, ports, cell);
    }

    private List<String> fill(List<String> template, Ports ports, Cell cell) {
        String query = "buffer=" + bufferMs;
        return template.stream()
                .map(word ->
                        word.replace("{in}", String.valueOf(ports.in()))
                                .replace(
                                        "{to}",
                                        String.valueOf(
                                                cell.impaired()
                                                        ? ports.network()
                                                        : ports.receiver()))
                                .replace("{port}", String.valueOf(ports.receiver()))
                                .replace("{out}", String.valueOf(ports.out()))
                                .replace("{query}", query))
                .toList();
    }
}
