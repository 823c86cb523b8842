package io.rist4j;

/**
 * How values of one kind of setting are read from a URL, checked, and written back. Every refusal
 * is one sentence that names the setting, the value and what is allowed.
 *
 * @param <T> the value's type
 */
interface ValueKind<T> {
    /**
     * Reads a value as written in a URL; it is not yet checked.
     *
     * @param name what to call the setting in a refusal
     * @param text not empty
     */
    T parse(String name, String text);

    /**
     * Refuses a value outside of its range.
     *
     * @param name what to call the setting in the refusal
     */
    void check(String name, T value);

    /** The value as a URL has it; {@link #parse} reads it back. */
    String write(T value);

    /** The value as help and messages show it, with its unit. */
    String show(T value);

    /** The unit of the URL's form, empty where there is none. */
    String unit();

    /** What is allowed, for help and messages. */
    String range();

    /** Reads and checks. */
    default T read(String name, String text) {
        T value = parse(name, text);
        check(name, value);
        return value;
    }

    /** A refusal of a value outside of the range. */
    default RistConfigException outside(String name, T value) {
        return new RistConfigException(name, name + " " + show(value) + " is outside " + range());
    }

    /** A refusal of text that is no such value. */
    default RistConfigException unreadable(String name, String text) {
        String inUnit = unit().isEmpty() ? "" : " in " + unit();
        return new RistConfigException(
                name, name + "=" + text + " cannot be read; it takes " + range() + inUnit);
    }
}
