package io.rist4j;

import java.util.Optional;
import java.util.function.Function;

/**
 * One setting: what it is called in URLs and in the builder, what it takes, and its default. The
 * builder, the URL, the help and the documentation all read it here.
 *
 * @param key its name in URLs
 * @param field the name of its method in the builder
 * @param kind what it takes
 * @param fallback its value when it is not set, from the other settings; empty where unset is a
 *     state of its own
 * @param fallbackText the default, for help
 * @param scope whether it may differ between the paths of a session
 * @param acts at which end it acts; the other end accepts it, so that both may be given one URL
 * @param meaning one line
 * @param <T> the value's type
 */
record Parameter<T>(
        String key,
        String field,
        ValueKind<T> kind,
        Function<Settings, Optional<T>> fallback,
        String fallbackText,
        Scope scope,
        Acts acts,
        String meaning) {
    /** Whether a setting may differ between the paths of a session. */
    enum Scope {
        SESSION,
        PATH
    }

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

    /** Settings are few and compared by what they are, not by what they hold. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
