package io.rist4j;

import java.util.List;
import java.util.Set;

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
    private final Set<RistProfile> profiles;
    private final boolean perPath;
    private final List<String> elsewhere;
    private final String meaning;

    /** A row with a setting, under its name or another. */
    RistParameter(
            String name,
            String field,
            String defaultValue,
            boolean perPath,
            Parameter<?> setting,
            List<String> elsewhere,
            String meaning) {
        this.name = name;
        this.field = field;
        range = setting.kind().range();
        unit = setting.kind().unit();
        this.defaultValue = defaultValue;
        actsAt = setting.acts().toString();
        profiles = setting.profiles();
        this.perPath = perPath;
        this.elsewhere = elsewhere;
        this.meaning = meaning;
    }

    /** A row without a setting. */
    RistParameter(
            String name,
            String range,
            String defaultValue,
            Set<RistProfile> profiles,
            String meaning) {
        this.name = name;
        field = "";
        this.range = range;
        unit = "";
        this.defaultValue = defaultValue;
        actsAt = Parameter.Acts.BOTH.toString();
        this.profiles = profiles;
        perPath = false;
        elsewhere = List.of();
        this.meaning = meaning;
    }

    /** As written in the URL. */
    public String name() {
        return name;
    }

    /**
     * The method of {@link RistConfigBuilder}, or of what follows it, that makes the same setting;
     * empty when there is none.
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

    /** The profiles that have it; none where it is refused by name. */
    public Set<RistProfile> profiles() {
        return Set.copyOf(profiles);
    }

    /** Whether it acts; if not, it is refused by name. */
    public boolean available() {
        return !profiles.isEmpty();
    }

    /** What it is called in the URLs of other tools, as far as hints know. */
    public List<String> elsewhere() {
        return elsewhere;
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
