package io.rist4j.cli;

import java.io.PrintStream;

/**
 * The end of the process after something that no command expects: an error of ours, or too little
 * memory. One line, exit code 1, at once; a process without one of its threads must not stay.
 */
final class FatalFailure {
    private static final String DEBUG = "RIST_DEBUG";

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
            err.println(command + ": " + sentence(cause));
            if (System.getenv(DEBUG) != null) {
                cause.printStackTrace(err);
            }
            err.flush();
        } finally {
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
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
