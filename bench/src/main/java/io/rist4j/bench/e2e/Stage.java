package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes of one run. Closing it ends all of them, the last started first. */
final class Stage implements AutoCloseable {

    static final int STARTUP_MS = 15_000;

    private final Path tools;
    private final List<Child> children = new ArrayList<>();

    Stage(Path tools) {
        this.tools = tools;
    }

    /** Starts one of the C tools; {@code options} are names and values in turn. */
    Child tool(String name, Object... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(tools.resolve(name).toString());
        for (Object option : options) {
            command.add(String.valueOf(option));
        }
        return start(name, command);
    }

    Child start(String name, List<String> command) throws IOException {
        Child child = Child.start(name, tools, command);
        children.add(child);
        return child;
    }

    /** Starts a program and waits until it listens on a UDP port. */
    Child startListening(String name, List<String> command, int port)
            throws IOException, InterruptedException {
        Child child = start(name, command);
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STARTUP_MS);
        while (!ProcFs.isUdpPortBound(port)) {
            if (!child.isAlive() || System.nanoTime() > untilNs) {
                throw new IllegalStateException(
                        name + " does not listen on UDP port " + port + ": " + child.output());
            }
            Thread.sleep(10);
        }
        return child;
    }

    /**
     * The input of a measurement, which has begun to run.
     *
     * @param packets how many it sends
     */
    Child generator(Ports ports, Cell cell, long packets, int limitSeconds) throws IOException {
        return tool(
                "generate",
                "--port",
                ports.in(),
                "--rate",
                cell.packetsPerSecond(),
                "--count",
                packets,
                "--tick-us",
                cell.generatorTickUs(),
                "--limit",
                limitSeconds);
    }

    /**
     * The output of a measurement, which listens.
     *
     * @param packets as many as it may take
     * @param more options besides, names and values in turn
     */
    Child sink(int port, long packets, int limitSeconds, Object... more)
            throws IOException, InterruptedException {
        var options = new ArrayList<Object>(List.of("--port", port, "--count", packets));
        options.addAll(List.of("--limit", limitSeconds));
        options.addAll(List.of(more));
        Child sink = tool("sink", options.toArray());
        sink.awaitLine(0, STARTUP_MS);
        return sink;
    }

    List<Child> children() {
        return List.copyOf(children);
    }

    @Override
    public void close() {
        for (Child child : children.reversed()) {
            child.close();
        }
    }
}
