package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * What goes wrong while a handle opens or runs. The subtypes say what; the message is one sentence
 * that names the address or peer where there is one.
 */
public class RistException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * A failure.
     *
     * @param message one sentence
     */
    public RistException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message one sentence
     * @param cause what was behind it
     */
    public RistException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
