package io.rist4j;

/** What refusals call a setting: as the program or as the URL wrote it. */
enum Naming {
    /** The builder's methods. */
    FIELDS,
    /** The URL's parameters. */
    KEYS;

    /** The name of one setting, or of the alias that made it and its sibling alike. */
    String of(Parameter<?> parameter, Settings settings) {
        for (UriRow row : Parameters.ROWS) {
            if (row instanceof UriRow.Alias alias
                    && alias.targets().size() > 1
                    && alias.targets().contains(parameter)
                    && isOneValue(alias, settings)) {
                return this == FIELDS ? alias.field() : alias.key();
            }
        }
        return this == FIELDS ? parameter.field() : parameter.key();
    }

    /** Whether all that the alias stands for was set, and to one value. */
    static boolean isOneValue(UriRow.Alias alias, Settings settings) {
        return alias.targets().stream().allMatch(settings::has)
                && alias.targets().stream().map(settings::get).distinct().count() == 1;
    }
}
