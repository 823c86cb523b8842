package io.rist4j.cli.view;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Log lines, and below them on a terminal a live view that is drawn over. Safe for use by several
 * threads.
 */
public final class Screen {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final PrintStream out;
    private final boolean interactive;
    private final int columns;
    private final int mostVerbose;
    private final List<Consumer<String>> copies = new ArrayList<>();
    private List<String> view = List.of();

    /**
     * An empty screen.
     *
     * @param out where everything goes
     * @param interactive whether it is a terminal that can draw over what it shows
     * @param columns its width
     * @param mostVerbose the number of the least important level that is printed; {@link
     *     LogLevel#SILENT} prints no log
     */
    public Screen(PrintStream out, boolean interactive, int columns, int mostVerbose) {
        this.out = out;
        this.interactive = interactive;
        this.columns = columns;
        this.mostVerbose = mostVerbose;
    }

    /** Whether a live view shows. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Width of the terminal. */
    public int columns() {
        return columns;
    }

    /**
     * Sends every line that is printed to somebody else too.
     *
     * @param reader takes a line without its end
     */
    public synchronized void copyTo(Consumer<String> reader) {
        copies.add(reader);
    }

    /**
     * Prints a log line, when its level is wanted.
     *
     * @param level how important it is
     * @param message one line
     */
    public void log(LogLevel level, String message) {
        if (level.number() <= mostVerbose) {
            String time =
                    CLOCK.format(
                            LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS));
            line(time + " " + level.word() + ": " + message);
        }
    }

    /**
     * Prints a line as it is.
     *
     * @param line without its end
     */
    public synchronized void line(String line) {
        List<String> shown = view;
        erase();
        out.println(line);
        draw(shown);
        copies.forEach(copy -> copy.accept(line));
    }

    /**
     * Shows a live view in place of the one before; does nothing where it cannot be drawn over.
     *
     * @param lines cut at the width of the terminal
     */
    public synchronized void show(List<String> lines) {
        if (interactive) {
            erase();
            draw(lines);
        }
    }

    /** Leaves the live view where it is; what follows is printed below. */
    public synchronized void leaveView() {
        view = List.of();
    }

    private void erase() {
        if (!view.isEmpty()) {
            out.print("\r\u001b[" + view.size() + "A\u001b[J");
            view = List.of();
        }
    }

    private void draw(List<String> lines) {
        var text = new StringBuilder();
        for (String line : lines) {
            text.append(line, 0, Math.min(line.length(), Math.max(1, columns - 1)));
            text.append(System.lineSeparator());
        }
        out.print(text);
        out.flush();
        view = List.copyOf(lines);
    }
}
