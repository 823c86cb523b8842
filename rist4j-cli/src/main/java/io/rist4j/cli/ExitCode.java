package io.rist4j.cli;

/** What the process tells its caller. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;

    /** Failed at run time. */
    static final int FAILED = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** The peer refused, or never came. */
    static final int NO_PEER = 3;

    /** The demo lost data. */
    static final int DATA_LOST = 4;

    /** Ended by SIGINT, after draining. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
