package io.rist4j.cli;

/** The command line is wrong; the message is one line for the person who wrote it. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A complaint.
     *
     * @param message names the argument and what is wrong with it
     */
    public UsageException(String message) {
        super(message);
    }
}
