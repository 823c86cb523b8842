package io.rist4j;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** One row of the table of URL parameters. */
sealed interface UriRow {
    /** The name in URLs. */
    String key();

    /** What it is called in the URLs of other tools. */
    default List<String> elsewhere() {
        return List.of();
    }

    /** A parameter that makes one setting. */
    record Setting(Parameter<?> parameter) implements UriRow {
        @Override
        public String key() {
            return parameter.key();
        }

        @Override
        public List<String> elsewhere() {
            return parameter.elsewhere();
        }
    }

    /**
     * A parameter that stands for others, each unless the URL has it by its own name too.
     *
     * @param field its method in the builder, empty when it has none
     * @param of what it stands for; asked when the table is complete
     */
    record Alias(
            String key,
            String field,
            Supplier<List<Parameter<Duration>>> of,
            List<String> elsewhere,
            String meaning)
            implements UriRow {
        List<Parameter<Duration>> targets() {
            return of.get();
        }
    }

    /** {@code profile}, which decides how the rest is read. */
    record Profile(String key) implements UriRow {}

    /**
     * A parameter of other implementations that cannot act here.
     *
     * @param canBeOff whether there are values that ask for nothing, and so are taken
     * @param reason a sentence's end, after the parameter's name
     */
    record Refused(String key, boolean canBeOff, String reason) implements UriRow {
        private static final Set<String> OFF = Set.of("0", "off", "false");

        static Refused unlessOff(String key, String reason) {
            return new Refused(key, true, reason);
        }

        boolean asksForNothing(String text) {
            return canBeOff && OFF.contains(text.toLowerCase(Locale.ROOT));
        }
    }
}
