package io.rist4j;

import org.jspecify.annotations.Nullable;

/** A socket could not be opened: the port is in use, the address or interface is not here. */
public final class RistBindException extends RistException {
    private static final long serialVersionUID = 1;

    /**
     * A socket that could not be opened.
     *
     * @param message one sentence with address and port
     * @param cause the system's answer
     */
    public RistBindException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
