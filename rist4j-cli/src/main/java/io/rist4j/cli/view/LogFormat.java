package io.rist4j.cli.view;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** How a log line is written. */
public enum LogFormat {
    /** Time with date and zone, level, message: for people, and for {@code cut} and {@code awk}. */
    text {
        @Override
        String line(String time, LogLevel level, String message) {
            return time + " " + level.word() + ": " + message;
        }
    },
    /** One JSON object in each line: {@code time}, {@code level}, {@code message}. */
    json {
        @Override
        String line(String time, LogLevel level, String message) {
            return "{\"time\":\""
                    + time
                    + "\",\"level\":\""
                    + level.word()
                    + "\",\"message\":\""
                    + escaped(message)
                    + "\"}";
        }
    };

    /** With date and zone. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    /**
     * A line of this moment.
     *
     * @param level how important it is
     * @param message one printable line
     */
    public String lineNow(LogLevel level, String message) {
        return line(TIME.format(OffsetDateTime.now(ZoneId.systemDefault())), level, message);
    }

    abstract String line(String time, LogLevel level, String message);

    /** The message is printable already. */
    private static String escaped(String message) {
        return message.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
