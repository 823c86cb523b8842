package io.rist4j.cli;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;

/** One subcommand, filled by picocli. */
interface RistCommand {
    /** Its options: those that its annotations declare, unless it says otherwise. */
    default CommandSpec commandSpec() {
        return CommandSpec.forAnnotatedObject(this);
    }

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
