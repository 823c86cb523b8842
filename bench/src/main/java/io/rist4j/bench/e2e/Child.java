package io.rist4j.bench.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process of a run, its output kept in a file. Started on the main thread only: the C tools end
 * with that thread.
 */
final class Child implements AutoCloseable {

    private static final long GRACE_SECONDS = 3;

    private final String name;
    private final Process process;
    private final Path output;

    private Child(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    static Child start(String name, Path folder, List<String> command) throws IOException {
        Path output = folder.resolve(name + ".out");
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile());
        return new Child(name, builder.start(), output);
    }

    /** The same for a process that reads what it is to do from its standard input. */
    static Child startTalking(String name, Path folder, List<String> command) throws IOException {
        Path output = folder.resolve(name + ".out");
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        return new Child(name, builder.start(), output);
    }

    /** Tells it something. */
    void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    /** Ends it as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until line {@code index} (from 0) of the output is complete. */
    String awaitLine(int index, long timeoutMs) throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (; ; ) {
            boolean alive = isAlive();
            String text = output();
            String[] lines = text.split("\n", -1);
            if (lines.length > index + 1) {
                return lines[index];
            }
            if (!alive || System.nanoTime() > untilNs) {
                throw new IllegalStateException(
                        name + (alive ? " stays silent: " : " has ended: ") + text);
            }
            Thread.sleep(5);
        }
    }

    void awaitEnd(long timeoutMs) throws InterruptedException {
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " does not end");
        }
    }

    /** Asks the process to end, and makes it end when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
