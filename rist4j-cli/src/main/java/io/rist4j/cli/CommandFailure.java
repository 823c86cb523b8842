package io.rist4j.cli;

import java.io.IOException;

/** A command failed for a reason that has its own exit code. */
final class CommandFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
