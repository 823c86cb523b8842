/**
 * The {@code rist} command: {@link io.rist4j.cli.Rist} chooses the subcommand, each subcommand is a
 * class that picocli fills from the command line.
 *
 * <p>Media goes to standard output when asked for; everything that people read goes to standard
 * error, except the output that a command exists for (version, help, the demo's summary).
 */
@NullMarked
package io.rist4j.cli;

import org.jspecify.annotations.NullMarked;
