package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One setting, with all that is known about it: what it is called in URLs and in the builder, what
 * it takes, its default, where it acts and how. URLs, builders, help, documentation, hints and the
 * configuration of a session are loops over these.
 *
 * @param key its name in URLs
 * @param field the name of its method in the builder
 * @param kind what it takes
 * @param fallback its value when it is not set, from the other settings; empty where unset is a
 *     state of its own
 * @param fallbackText the default, for help
 * @param acts at which end it acts; the other end accepts it, so that both may be given one URL
 * @param profiles the profiles that have it
 * @param lack why the others do not, a sentence's end after the parameter's name
 * @param off the value that asks for nothing, which is taken on any profile; null when there is
 *     none
 * @param noWish a text that is no value and asks for nothing anywhere; null when there is none
 * @param ceiling what it may not be above; null when there is nothing
 * @param ofSession how it acts on a session; null when it acts on a path
 * @param ofPath how it acts on a path, each of which may then have its own; null when it does not
 * @param elsewhere what it is called in the URLs of other tools
 * @param meaning one line
 * @param <T> the value's type
 */
record Parameter<T>(
        String key,
        String field,
        ValueKind<T> kind,
        Function<Settings, Optional<T>> fallback,
        String fallbackText,
        Acts acts,
        Set<RistProfile> profiles,
        String lack,
        @Nullable T off,
        @Nullable String noWish,
        @Nullable Ceiling<T> ceiling,
        @Nullable BiConsumer<SessionDraft, T> ofSession,
        @Nullable BiConsumer<PathDraft, T> ofPath,
        List<String> elsewhere,
        String meaning) {
    /** At which end a setting acts. */
    enum Acts {
        SENDER("sender"),
        RECEIVER("receiver"),
        BOTH("both");

        private final String text;

        Acts(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Another setting that one may not be above.
     *
     * @param order of their values
     * @param of which other
     */
    record Ceiling<T>(Comparator<T> order, Supplier<Parameter<T>> of) {
        Parameter<T> other() {
            return of.get();
        }
    }

    /** Begins a row. */
    static <T> Row<T> row(String key, String field, ValueKind<T> kind, String meaning) {
        return new Row<>(key, field, kind, meaning);
    }

    /** Whether it may differ between the paths of a session. */
    boolean perPath() {
        return ofPath != null;
    }

    /** Whether a profile has it. */
    boolean isOn(RistProfile profile) {
        return profiles.contains(profile);
    }

    /** Whether a text asks for nothing, so that it is taken where the setting cannot act too. */
    boolean asksForNothing(String text) {
        if (text.equals(noWish)) {
            return true;
        }
        if (off == null) {
            return false;
        }
        try {
            return off.equals(kind.read(key, text));
        } catch (RistConfigException none) {
            return false;
        }
    }

    /** Whether a value asks for nothing. */
    boolean isOff(Object value) {
        return value.equals(off);
    }

    /** Has the setting act on a session, with its value or its default. */
    void act(Settings settings, SessionDraft session) {
        if (ofSession != null) {
            settings.effective(this).ifPresent(value -> ofSession.accept(session, value));
        }
    }

    /** Has the setting act on a path, with its value or its default. */
    void act(Settings settings, PathDraft path) {
        if (ofPath != null) {
            settings.effective(this).ifPresent(value -> ofPath.accept(path, value));
        }
    }

    /** Settings are few and compared by what they are, not by what they hold. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /**
     * A row while it is written; what is not said has a default.
     *
     * @param <T> the value's type
     */
    static final class Row<T> {
        private static final Set<RistProfile> ALL = EnumSet.allOf(RistProfile.class);

        private final String key;
        private final String field;
        private final ValueKind<T> kind;
        private final String meaning;
        private Function<Settings, Optional<T>> fallback = s -> Optional.empty();
        private String fallbackText = "";
        private Acts acts = Acts.BOTH;
        private Set<RistProfile> profiles = ALL;
        private String lack = "";
        private @Nullable T off;
        private @Nullable String noWish;
        private @Nullable Ceiling<T> ceiling;
        private List<String> elsewhere = List.of();

        private Row(String key, String field, ValueKind<T> kind, String meaning) {
            this.key = key;
            this.field = field;
            this.kind = kind;
            this.meaning = meaning;
        }

        /** Its default. */
        Row<T> usually(T value) {
            return usually(s -> Optional.of(value), kind.write(value));
        }

        /** Its default, with a word about it. */
        Row<T> usually(T value, String text) {
            return usually(s -> Optional.of(value), kind.write(value) + ", " + text);
        }

        /**
         * Its default, which gives way to other settings.
         *
         * @param except when it is which other
         */
        Row<T> usually(T value, String except, Function<Settings, Optional<T>> instead) {
            return usually(
                    s -> instead.apply(s).or(() -> Optional.of(value)),
                    kind.write(value) + ", or " + except);
        }

        private Row<T> usually(Function<Settings, Optional<T>> value, String text) {
            fallback = value;
            fallbackText = text;
            return this;
        }

        /** Unset is a state of its own. */
        Row<T> unset(String text) {
            fallbackText = text;
            return this;
        }

        /** It acts at one end only. */
        Row<T> actsAt(Acts end) {
            acts = end;
            return this;
        }

        /** Only some profiles have it. */
        Row<T> only(Set<RistProfile> having, String without) {
            profiles = having;
            lack = without;
            return this;
        }

        /** With this value it asks for nothing. */
        Row<T> off(T value) {
            off = value;
            return this;
        }

        /** This text is no value and asks for nothing. */
        Row<T> noWish(String text) {
            noWish = text;
            return this;
        }

        /**
         * It may not be above another.
         *
         * @param order of the values
         * @param other asked when the table is complete
         */
        Row<T> notAbove(Comparator<T> order, Supplier<Parameter<T>> other) {
            ceiling = new Ceiling<>(order, other);
            return this;
        }

        /** What other tools call it. */
        Row<T> elsewhere(String... words) {
            elsewhere = List.of(words);
            return this;
        }

        /** Ends the row of a setting that is one for a session. */
        Parameter<T> on(BiConsumer<SessionDraft, T> session) {
            return end(session, null);
        }

        /** Ends the row of a setting that each path may have its own of. */
        Parameter<T> onPath(BiConsumer<PathDraft, T> path) {
            return end(null, path);
        }

        private Parameter<T> end(
                @Nullable BiConsumer<SessionDraft, T> session,
                @Nullable BiConsumer<PathDraft, T> path) {
            return new Parameter<>(
                    key,
                    field,
                    kind,
                    fallback,
                    fallbackText,
                    acts,
                    profiles,
                    lack,
                    off,
                    noWish,
                    ceiling,
                    session,
                    path,
                    elsewhere,
                    meaning);
        }
    }
}
