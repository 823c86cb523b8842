package io.rist4j;

import org.jspecify.annotations.Nullable;

/** The handle is closed. The cause is what ended it, if it was not closed by the program. */
public final class RistClosedException extends RistException {
    private static final long serialVersionUID = 1;

    /**
     * A handle that is closed.
     *
     * @param message one sentence
     * @param cause what ended it, null when it was closed
     */
    public RistClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
