package io.rist4j.cli.view;

import io.rist4j.core.message.PrintableText;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Log lines, and below them on a terminal a live view that is drawn over. Safe for use by several
 * threads.
 *
 * <p>Nobody waits for whoever reads it: a thread of its own writes, and a terminal that is held (or
 * a pipe that nobody empties) costs lines, not the stream. At most {@link #MAX_LINES} lines and
 * {@link #MAX_CHARS} characters wait; what comes then is dropped, counted, and told in the place
 * where it is missing. Of views only the latest waits. Log messages are made {@linkplain
 * PrintableText printable} here, whoever wrote them.
 */
public final class Screen implements AutoCloseable {
    /** Lines that wait for a slow reader. */
    static final int MAX_LINES = 1024;

    /** Characters of all lines that wait: with them the bound of memory, half a MiB. */
    static final int MAX_CHARS = 1 << 18;

    /** How long closing waits for a reader that takes nothing. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final PrintStream out;
    private final boolean interactive;
    private final IntSupplier columns;
    private final int mostVerbose;
    private final LogFormat format;
    private @Nullable Consumer<String> copies;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> waiting = new ArrayDeque<>();
    private int waitingChars;
    private @Nullable Item waitingView;
    private long untoldLines;
    private long droppedLines;
    private long writtenItems;
    private boolean writing;
    private boolean closed;
    private @Nullable Thread writer;

    /** Lines of the view on the terminal. Of the writing thread. */
    private int shown;

    /** The view, to be drawn again below a line. Of the writing thread. */
    private List<String> view = List.of();

    /** A line, a view, or the end of the view. */
    private static final class Item {
        final @Nullable String line;
        @Nullable List<String> view;

        Item(@Nullable String line, @Nullable List<String> view) {
            this.line = line;
            this.view = view;
        }
    }

    /**
     * An empty screen.
     *
     * @param out where everything goes
     * @param interactive whether it is a terminal that can draw over what it shows
     * @param columns its present width
     * @param mostVerbose the number of the least important level that is printed; {@link
     *     LogLevel#SILENT} prints no log
     * @param format of log lines
     */
    public Screen(
            PrintStream out,
            boolean interactive,
            IntSupplier columns,
            int mostVerbose,
            LogFormat format) {
        this.out = out;
        this.interactive = interactive;
        this.columns = columns;
        this.mostVerbose = mostVerbose;
        this.format = format;
    }

    /** Whether a live view shows. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Present width of the terminal. */
    public int columns() {
        return columns.getAsInt();
    }

    /**
     * Sends every line that is printed to somebody else too. Before the first line.
     *
     * @param reader takes a line without its end; called on the thread that logs
     */
    public void copyTo(Consumer<String> reader) {
        copies = reader;
    }

    /**
     * Whether a level is printed.
     *
     * @param level how important something is
     */
    public boolean shows(LogLevel level) {
        return level.number() <= mostVerbose;
    }

    /**
     * Prints a log line, when its level is wanted.
     *
     * @param level how important it is
     * @param message one line
     */
    public void log(LogLevel level, String message) {
        if (shows(level)) {
            line(format.lineNow(level, PrintableText.of(message)));
        }
    }

    /**
     * Prints a line as it is.
     *
     * @param line without its end
     */
    public void line(String line) {
        Consumer<String> copy = copies;
        if (copy != null) {
            copy.accept(line);
        }
        lock.lock();
        try {
            if (waiting.size() >= MAX_LINES || waitingChars + line.length() > MAX_CHARS) {
                untoldLines++;
                droppedLines++;
                return;
            }
            if (untoldLines > 0) {
                put(new Item(gap(), null));
            }
            put(new Item(line, null));
        } finally {
            lock.unlock();
        }
    }

    private String gap() {
        String told =
                format.lineNow(
                        LogLevel.WARNING,
                        untoldLines + " lines are missing here: nobody read them in time");
        untoldLines = 0;
        return told;
    }

    private void put(Item item) {
        if (closed) {
            return;
        }
        waiting.add(item);
        String line = item.line;
        if (line != null) {
            waitingChars += line.length();
        }
        if (writer == null) {
            writer = Thread.ofPlatform().daemon().name("rist-log").start(this::write);
        }
        changed.signalAll();
    }

    /** Lines that were dropped because nobody read those before them. */
    public long droppedLines() {
        lock.lock();
        try {
            return droppedLines;
        } finally {
            lock.unlock();
        }
    }

    /** Lines and views that wait. */
    int waitingLines() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Shows a live view in place of the one before; does nothing where it cannot be drawn over.
     *
     * @param lines cut at the width of the terminal
     */
    public void show(List<String> lines) {
        if (!interactive) {
            return;
        }
        lock.lock();
        try {
            Item late = waitingView;
            if (late != null) {
                late.view = List.copyOf(lines);
            } else {
                waitingView = new Item(null, List.copyOf(lines));
                put(waitingView);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the live view where it is; what follows is printed below. */
    public void leaveView() {
        lock.lock();
        try {
            waitingView = null;
            put(new Item(null, null));
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, and ends; gives up where nobody takes anything for two seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (untoldLines > 0) {
                put(new Item(gap(), null));
            }
            closed = true;
            changed.signalAll();
            long seen = writtenItems;
            long leftNs = PATIENCE_NS;
            while ((writing || !waiting.isEmpty()) && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
                if (seen != writtenItems) {
                    seen = writtenItems;
                    leftNs = PATIENCE_NS;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        for (Item item = next(); item != null; item = next()) {
            write(item);
        }
    }

    private @Nullable Item next() {
        lock.lock();
        try {
            if (writing) {
                writtenItems++;
            }
            writing = false;
            changed.signalAll();
            while (waiting.isEmpty()) {
                if (closed) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
            writing = true;
            Item item = waiting.remove();
            String line = item.line;
            if (line != null) {
                waitingChars -= line.length();
            }
            if (item.equals(waitingView)) {
                waitingView = null;
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    private void write(Item item) {
        String line = item.line;
        List<String> lines = item.view;
        if (line != null) {
            erase();
            out.println(line);
            draw();
        } else if (lines != null) {
            erase();
            view = lines;
            draw();
        } else {
            view = List.of();
            shown = 0;
        }
    }

    private void erase() {
        if (shown > 0) {
            out.print("\r\u001b[" + shown + "A\u001b[J");
            shown = 0;
        }
    }

    private void draw() {
        if (view.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        int width = Math.max(1, columns() - 1);
        for (String line : view) {
            text.append(line, 0, Math.min(line.length(), width));
            text.append(System.lineSeparator());
        }
        out.print(text);
        out.flush();
        shown = view.size();
    }
}
