package io.rist4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The console of this process. */
final class Terminals {
    private static final int DEFAULT_COLUMNS = 80;

    static Console standard() {
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Console(out, err, isInteractive(), columns());
    }

    /** The launcher tells, for Java cannot ask about standard error alone. */
    private static boolean isInteractive() {
        return "1".equals(System.getenv("RIST_TERMINAL"));
    }

    private static int columns() {
        String columns = System.getenv("COLUMNS");
        try {
            return columns == null ? DEFAULT_COLUMNS : Integer.parseInt(columns);
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }

    private Terminals() {}
}
