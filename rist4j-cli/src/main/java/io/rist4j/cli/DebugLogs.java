package io.rist4j.cli;

import org.jspecify.annotations.Nullable;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/**
 * Where the library's log goes: nowhere, for commands tell in one line of their own what ended
 * them; with {@code RIST_DEBUG} set, to standard error, where things happened included. The JDK's
 * own logging would take a tenth of the start.
 */
public final class DebugLogs extends System.LoggerFinder {
    private static final boolean SHOWN = System.getenv("RIST_DEBUG") != null;

    /** Made by {@code ServiceLoader}. */
    public DebugLogs() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new DebugLog(name);
    }

    private record DebugLog(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return SHOWN && level.compareTo(Level.INFO) >= 0;
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String message,
                @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                System.err.println(name + ": " + message);
                if (thrown != null) {
                    thrown.printStackTrace();
                }
            }
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object... parameters) {
            if (isLoggable(level)) {
                System.err.println(
                        name
                                + ": "
                                + (format == null ? "" : MessageFormat.format(format, parameters)));
            }
        }
    }
}
