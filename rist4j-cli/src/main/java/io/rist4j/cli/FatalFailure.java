package io.rist4j.cli;

import io.rist4j.core.message.PrintableText;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of the process after something that no command expects: an error of ours, or too little
 * memory. One line, exit code 1, at once; a process without one of its threads must not stay.
 */
final class FatalFailure {
    private static final String DEBUG = "RIST_DEBUG";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final String command;
    private final PrintStream err;

    /**
     * @param command how the line begins
     */
    FatalFailure(String command, PrintStream err) {
        this.command = command;
        this.err = err;
    }

    /** Ends the process, without draining. From any thread. */
    void end(Throwable cause) {
        try {
            Thread.ofPlatform().daemon().start(FatalFailure::endAnyway);
            err.println(PrintableText.of(command + ": " + sentence(cause)));
            if (System.getenv(DEBUG) != null) {
                cause.printStackTrace(err);
            }
            err.flush();
        } finally {
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }

    /** A terminal that is held does not keep the process. */
    private static void endAnyway() {
        LockSupport.parkNanos(PATIENCE_NS);
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    /** What happened, for people. */
    static String sentence(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return "out of memory ("
                    + cause.getMessage()
                    + "); a shorter buffer takes less, RIST_JAVA_OPTS='-Xmx256m"
                    + " -XX:MaxDirectMemorySize=4g' allows more";
        }
        return "internal error: " + cause + " (RIST_DEBUG=1 shows where)";
    }
}
