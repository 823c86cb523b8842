package io.rist4j.cli;

import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * Where a command writes.
 *
 * @param out media, or the output that the command exists for
 * @param err everything else that people read
 * @param interactive whether {@code err} is a terminal that a line can be redrawn on
 * @param columns present width of that terminal
 */
record Console(PrintStream out, PrintStream err, boolean interactive, IntSupplier columns) {}
