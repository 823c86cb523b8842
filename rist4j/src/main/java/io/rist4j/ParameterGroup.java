package io.rist4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Rows as they are declared: a setting that is declared is in the table. */
final class ParameterGroup {
    private final List<UriRow> rows = new ArrayList<>();

    <T> Parameter<T> add(Parameter<T> parameter) {
        rows.add(new UriRow.Setting(parameter));
        return parameter;
    }

    /**
     * A parameter that stands for others.
     *
     * @param field its method in the builder, empty when it has none
     * @param elsewhere what it is called in the URLs of other tools
     */
    void alias(
            String key,
            String field,
            String meaning,
            Supplier<List<Parameter<Duration>>> targets,
            String... elsewhere) {
        rows.add(new UriRow.Alias(key, field, targets, List.of(elsewhere), meaning));
    }

    List<UriRow> rows() {
        return List.copyOf(rows);
    }
}
