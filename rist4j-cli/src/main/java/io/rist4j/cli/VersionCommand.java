package io.rist4j.cli;

import picocli.CommandLine.Command;

/** Says which version this is, and on which Java it runs. */
@Command(name = "version", description = "Print the version and the Java it runs on.")
final class VersionCommand implements RistCommand {
    @Override
    public int run(Console console, StopSignal stop) {
        console.out()
                .printf(
                        "rist %s (Java %s, %s %s)%n",
                        Version.text(),
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
        return ExitCode.DONE;
    }
}
