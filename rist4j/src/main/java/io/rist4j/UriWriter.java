package io.rist4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes settings as the query of a URL: what was set, in the order of the table. */
final class UriWriter {
    private UriWriter() {}

    /** {@code k=v&k=v}, empty when nothing was set. */
    static String query(Settings settings) {
        List<String> pairs = new ArrayList<>();
        Set<Parameter<?>> written = new HashSet<>();
        for (UriRow row : Parameters.ROWS) {
            switch (row) {
                case UriRow.Alias alias -> {
                    if (alias.targets().size() > 1 && Naming.isOneValue(alias, settings)) {
                        pairs.add(pair(alias.key(), alias.targets().get(0), settings));
                        written.addAll(alias.targets());
                    }
                }
                case UriRow.Setting setting -> {
                    if (settings.has(setting.parameter()) && written.add(setting.parameter())) {
                        pairs.add(pair(setting.key(), setting.parameter(), settings));
                    }
                }
                case UriRow.Profile profile -> {
                    // the settings do not know it; RistUri writes it
                }
                case UriRow.Refused refused -> {
                    // holds no setting
                }
            }
        }
        return String.join("&", pairs);
    }

    private static <T> String pair(String key, Parameter<T> parameter, Settings settings) {
        return key + "=" + parameter.kind().write(settings.get(parameter));
    }
}
