package io.rist4j.cli;

import io.rist4j.linux.Terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The console of this process. */
final class Terminals {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int STANDARD_ERROR = 2;

    static Console standard() {
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Console(out, err, isInteractive(), Terminals::columns);
    }

    /** The launcher tells, for Java cannot ask about standard error alone. */
    private static boolean isInteractive() {
        return "1".equals(System.getenv("RIST_TERMINAL"))
                && !"dumb".equals(System.getenv("TERM")); // has no way to draw over a line
    }

    private static int columns() {
        int present = Terminal.columns(STANDARD_ERROR);
        return present > 0 ? present : columnsAtStart();
    }

    private static int columnsAtStart() {
        String columns = System.getenv("COLUMNS");
        try {
            int number = columns == null ? 0 : Integer.parseInt(columns);
            return number > 0 ? number : DEFAULT_COLUMNS; // terminals of width 0 do not know it
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }

    private Terminals() {}
}
