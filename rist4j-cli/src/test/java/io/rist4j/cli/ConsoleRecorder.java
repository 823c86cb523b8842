package io.rist4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands in this process and keeps what they print. */
final class ConsoleRecorder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();

    int run(String... args) {
        return Rist.run(args, console(false), stop);
    }

    int run(RistCommand command, String name, String[] args) {
        return Rist.run(command, name, args, console(false), stop);
    }

    int runOnTerminal(String... args) {
        return Rist.run(args, console(true), stop);
    }

    private Console console(boolean interactive) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                () -> 100);
    }

    StopSignal stop() {
        return stop;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
