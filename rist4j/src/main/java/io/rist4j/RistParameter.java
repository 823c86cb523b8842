package io.rist4j;

/**
 * One parameter of a rist URL, for help and documentation. Immutable, and made by this library
 * only; later versions may tell more.
 */
public final class RistParameter {
    private final String name;
    private final String field;
    private final String range;
    private final String unit;
    private final String defaultValue;
    private final String actsAt;
    private final boolean perPath;
    private final boolean available;
    private final String meaning;

    RistParameter(
            String name,
            String field,
            String range,
            String unit,
            String defaultValue,
            String actsAt,
            boolean perPath,
            boolean available,
            String meaning) {
        this.name = name;
        this.field = field;
        this.range = range;
        this.unit = unit;
        this.defaultValue = defaultValue;
        this.actsAt = actsAt;
        this.perPath = perPath;
        this.available = available;
        this.meaning = meaning;
    }

    /** As written in the URL. */
    public String name() {
        return name;
    }

    /**
     * The method of {@link RistConfig.Builder} that makes the same setting; empty when there is
     * none.
     */
    public String field() {
        return field;
    }

    /** What it takes, with units. */
    public String range() {
        return range;
    }

    /** The unit of the number in the URL; empty when it is no number or a plain count. */
    public String unit() {
        return unit;
    }

    /** What serves when it is not set; empty when it is refused. */
    public String defaultValue() {
        return defaultValue;
    }

    /**
     * Which end it acts at: {@code sender}, {@code receiver} or {@code both}; the other end accepts
     * it too.
     */
    public String actsAt() {
        return actsAt;
    }

    /** Whether each path of a session may have its own. */
    public boolean perPath() {
        return perPath;
    }

    /** Whether it acts; if not, it is refused by name. */
    public boolean available() {
        return available;
    }

    /** What it does, or why it is refused. */
    public String meaning() {
        return meaning;
    }

    /** Name and range, for people, and open to change. */
    @Override
    public String toString() {
        return "RistParameter[" + name + (range.isEmpty() ? "" : " " + range) + "]";
    }
}
