package io.rist4j;

/** A call took longer than it was given. The handle stays usable. */
public final class RistTimeoutException extends RistException {
    private static final long serialVersionUID = 1;

    /**
     * A time that is over.
     *
     * @param message one sentence
     */
    public RistTimeoutException(String message) {
        super(message);
    }
}
