package io.rist4j.interop;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer's process: started, listened to, and stopped by its own handle. */
final class ToolProcess implements AutoCloseable {
    private static final int KEPT_LINES = 30;
    private static final int GRACE_SECONDS = 2;

    private final String name;
    private final Process process;
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();

    /**
     * Starts it.
     *
     * @param into takes its standard output, null when that belongs to the messages
     */
    ToolProcess(List<String> command, @Nullable Recording into) throws IOException {
        name = command.get(0);
        process = new ProcessBuilder(command).redirectErrorStream(into == null).start();
        if (into == null) {
            Thread.ofVirtual().start(() -> keepLines(process.getInputStream()));
        } else {
            Thread.ofVirtual().start(() -> keepLines(process.getErrorStream()));
            Thread.ofVirtual().start(() -> record(into));
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    void checkAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(this + " ended with exit code " + process.exitValue());
        }
    }

    /** Its exit code, once it has ended by itself. */
    int awaitExit(Duration atMost) throws IOException, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(this + " did not end within " + atMost);
        }
        return process.exitValue();
    }

    private void keepLines(InputStream from) {
        try (var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    lastLines.add(line);
                    if (lastLines.size() > KEPT_LINES) {
                        lastLines.remove();
                    }
                }
            }
        } catch (IOException ended) {
            // The process was stopped.
        }
    }

    private void record(Recording into) {
        byte[] bytes = new byte[1 << 16];
        try (InputStream from = process.getInputStream()) {
            for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
                into.add(bytes, 0, count);
            }
        } catch (IOException ended) {
            // The process was stopped.
        }
    }

    /** Asks it to end, then ends it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** Its name and its last messages. */
    @Override
    public String toString() {
        synchronized (lastLines) {
            return name + " " + lastLines;
        }
    }
}
