package io.rist4j;

/**
 * A setting that cannot be: its message names the field or URL parameter, the value, the allowed
 * range and the unit, as in {@code recoveryBuffer 20 ms is outside 50 ms..30 s}.
 *
 * <p>Unchecked, as a mistake in what the program or its user wrote; a program that takes URLs from
 * its user catches it and shows the message. Everything that goes wrong later is a {@link
 * RistException}. Values of secret fields never appear in the message.
 */
public final class RistConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * A refusal of one setting.
     *
     * @param field the builder's method or the URL's parameter
     * @param message the whole sentence
     */
    public RistConfigException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The builder's method or the URL's parameter that was refused, for example {@code buffer}. */
    public String field() {
        return field;
    }
}
