package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of ours with many ends, which does what it is told (io.rist4j.bench.flows). */
final class FlowsProcess implements AutoCloseable {
    private static final String ENTRY = "io.rist4j.bench.flows.FlowsEnd";
    private static final Pattern PACKETS = Pattern.compile("\"packets\":\\[([0-9,]*)\\]");
    private static final Pattern NUMBER = Pattern.compile("\"([a-z_ -]+)\":([0-9]+)");
    private static final int ANSWER_MS = 300_000;

    /** More than the command has: it serves one session. */
    private static final List<String> ROOM = List.of("-Xmx1g", "-Xmn16m");

    private final Child child;
    private int answers;

    private FlowsProcess(Child child) {
        this.child = child;
    }

    /**
     * Starts one.
     *
     * @param role sender or receiver
     */
    static FlowsProcess start(
            Options options, String name, String role, String address, int basePort)
            throws IOException, InterruptedException {
        FlowsAsked asked = options.flows();
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        Path lib = lib(options.launcher());
        command.add("@" + lib.resolve("jvm.options"));
        command.addAll(ROOM);
        command.addAll(List.of("-p", lib.toString(), "--add-modules", "io.rist4j,io.rist4j.linux"));
        command.addAll(List.of("-cp", options.tools().resolve("flows").toString(), ENTRY, role));
        command.addAll(List.of(String.valueOf(asked.pumps()), address, asked.query()));
        command.addAll(List.of(String.valueOf(basePort), String.valueOf(asked.perPort())));
        Child child = Child.startTalking(name, options.tools(), command);
        var process = new FlowsProcess(child);
        process.awaitAnswer();
        return process;
    }

    /** Where the launcher of a clone has built what it runs. */
    private static Path lib(Path launcher) throws IOException {
        Path builds = launcher.resolveSibling("rist4j-cli/target/rist");
        return builds.resolve(Files.readString(builds.resolve("current")).trim()).resolve("lib");
    }

    Child child() {
        return child;
    }

    /** Has it do something, and waits until it is done; returns the answer. */
    String ask(String command) throws IOException, InterruptedException {
        child.say(command);
        return awaitAnswer();
    }

    /** Packets of each flow. */
    long[] packets(String command) throws IOException, InterruptedException {
        Matcher m = PACKETS.matcher(ask(command));
        if (!m.find() || m.group(1).isEmpty()) {
            return new long[0];
        }
        return Arrays.stream(m.group(1).split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    /** Numbers by name. */
    Map<String, Long> numbers(String command) throws IOException, InterruptedException {
        var numbers = new TreeMap<String, Long>();
        Matcher m = NUMBER.matcher(ask(command));
        while (m.find()) {
            numbers.put(m.group(1), Long.valueOf(m.group(2)));
        }
        return numbers;
    }

    /** What it logs goes to the same file. */
    private String awaitAnswer() throws InterruptedException {
        int wanted = answers++;
        long untilNs = System.nanoTime() + ANSWER_MS * 1_000_000L;
        while (true) {
            boolean alive = child.isAlive();
            String output = child.output();
            List<String> complete =
                    output.substring(0, output.lastIndexOf('\n') + 1)
                            .lines()
                            .filter(line -> line.startsWith("{"))
                            .toList();
            if (complete.size() > wanted) {
                return complete.get(wanted);
            }
            if (!alive || System.nanoTime() > untilNs) {
                throw new IllegalStateException(
                        "no answer" + (alive ? ": " : ", it has ended: ") + output);
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
