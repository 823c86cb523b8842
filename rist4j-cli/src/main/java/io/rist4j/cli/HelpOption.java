package io.rist4j.cli;

import picocli.CommandLine.Option;

/** {@code -h}, which every command has. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean requested;
}
