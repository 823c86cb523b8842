package io.rist4j.cli;

import java.io.IOException;

/** One subcommand, filled by picocli. */
interface RistCommand {
    /**
     * Does the work.
     *
     * @param console where to write
     * @param stop is asked to end the work early
     * @return the exit code
     * @throws UsageException when options contradict each other
     * @throws IOException when it fails at run time; the message is one line for the user
     */
    int run(Console console, StopSignal stop) throws IOException;
}
