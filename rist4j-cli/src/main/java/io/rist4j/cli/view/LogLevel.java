package io.rist4j.cli.view;

import java.util.Locale;

/** How important a log line is, in libRIST's numbering (that of syslog). */
public enum LogLevel {
    /** Something failed. */
    ERROR(3),
    /** Something is not as it should be, and the stream goes on. */
    WARNING(4),
    /** Something worth knowing. */
    NOTICE(5),
    /** What happens. */
    INFO(6),
    /** Details for whoever looks for a fault. */
    DEBUG(7);

    /** Prints nothing. */
    public static final int SILENT = -1;

    private final int number;

    LogLevel(int number) {
        this.number = number;
    }

    /** libRIST's number. */
    public int number() {
        return number;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
