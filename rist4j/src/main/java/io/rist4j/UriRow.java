package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** One row of the table of URL parameters. */
sealed interface UriRow {
    /** The name in URLs. */
    String key();

    /** A parameter that makes one setting. */
    record Setting(Parameter<?> parameter) implements UriRow {
        @Override
        public String key() {
            return parameter.key();
        }
    }

    /**
     * A parameter that makes a setting where there is a tunnel, and is refused elsewhere.
     *
     * @param neutral the value that asks for nothing and so is taken everywhere; null where there
     *     is none
     * @param reason why it is refused, a sentence's end after the parameter's name
     */
    record Tunnel(Parameter<?> parameter, @Nullable String neutral, String reason)
            implements UriRow {
        @Override
        public String key() {
            return parameter.key();
        }
    }

    /**
     * A parameter that stands for others, each unless the URL has it by its own name too.
     *
     * @param field its method in the builder, empty when it has none
     */
    record Alias(String key, String field, List<Parameter<Duration>> targets, String meaning)
            implements UriRow {}

    /** {@code profile}, which decides how the rest is read. */
    record Profile(String key) implements UriRow {}

    /**
     * A parameter of other implementations that cannot act here.
     *
     * @param neutral the value that asks for nothing and so is taken; null where there is none
     * @param reason a sentence's end, after the parameter's name
     */
    record Refused(String key, @Nullable String neutral, String reason) implements UriRow {}
}
