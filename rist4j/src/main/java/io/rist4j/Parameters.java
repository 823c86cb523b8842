package io.rist4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of settings and URL parameters. A parameter is stated in one row; URLs, builders, help,
 * documentation, hints and sessions are made of the rows.
 *
 * <p>One rule about profiles, for whatever makes settings: a parameter that asks for nothing (its
 * {@code off} value or {@code noWish} text) is taken on every profile; any other is refused by name
 * on a profile that lacks it, also where it comes from settings that another profile had.
 */
final class Parameters {
    private static final String NEEDS_ADVANCED =
            "needs the advanced profile, which this version does not speak yet";
    private static final String NO_MUTING =
            "is not available yet: no path is muted for its round-trip time";
    private static final String NO_PAIRS = "is not available yet: packets are not split into pairs";
    private static final String OF_PLAIN_URLS = "belongs to udp:// and rtp:// URLs";

    private static final List<UriRow> REFUSED =
            List.of(
                    UriRow.Refused.unlessOff("compression", NEEDS_ADVANCED),
                    new UriRow.Refused(
                            "recovery-depth",
                            false,
                            NEEDS_ADVANCED + "; simple has 16-bit sequence numbers"),
                    UriRow.Refused.unlessOff("split", NO_PAIRS),
                    UriRow.Refused.unlessOff("merge", NO_PAIRS),
                    UriRow.Refused.unlessOff(
                            "reflector", "is not available yet: nothing is reflected"),
                    UriRow.Refused.unlessOff("rtt-drop", NO_MUTING),
                    new UriRow.Refused("rtt-restore", false, NO_MUTING),
                    new UriRow.Refused("rtt-drop-settle", false, NO_MUTING),
                    new UriRow.Refused("rtt-drop-trickle", false, NO_MUTING),
                    new UriRow.Refused(
                            "verbose-level",
                            false,
                            "is not set in a URL: the program that runs the session logs"),
                    new UriRow.Refused("stream-id", false, OF_PLAIN_URLS),
                    new UriRow.Refused("multiplex-mode", false, OF_PLAIN_URLS),
                    new UriRow.Refused("multiplex-filter", false, OF_PLAIN_URLS),
                    new UriRow.Refused("rtp-timestamp", false, OF_PLAIN_URLS),
                    new UriRow.Refused("rtp-sequence", false, OF_PLAIN_URLS),
                    new UriRow.Refused("rtp-ptype", false, OF_PLAIN_URLS),
                    UriRow.Refused.unlessOff("cbr-output", OF_PLAIN_URLS));

    /** Every row, in the order of help. */
    static final List<UriRow> ROWS = rows();

    private static final Map<String, UriRow> BY_KEY =
            ROWS.stream().collect(Collectors.toUnmodifiableMap(UriRow::key, Function.identity()));

    private static final List<Parameter<?>> SETTINGS = settingsOf(ROWS);

    private Parameters() {}

    private static List<UriRow> rows() {
        var rows = new ArrayList<UriRow>();
        rows.add(new UriRow.Profile("profile"));
        rows.addAll(FlowParameters.ROWS);
        rows.addAll(PathParameters.ROWS);
        rows.addAll(TunnelParameters.ROWS);
        rows.addAll(REFUSED);
        return List.copyOf(rows);
    }

    private static List<Parameter<?>> settingsOf(List<UriRow> rows) {
        var settings = new ArrayList<Parameter<?>>();
        for (UriRow row : rows) {
            if (row instanceof UriRow.Setting setting) {
                settings.add(setting.parameter());
            }
        }
        return List.copyOf(settings);
    }

    /** The row of this name, if there is one. */
    static Optional<UriRow> row(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** Every setting, in the order of help. */
    static List<Parameter<?>> settings() {
        return SETTINGS;
    }

    /**
     * The settings that a profile has.
     *
     * @param naming what refusals call a setting
     * @throws RistConfigException when one that the profile lacks asks for something
     */
    static Settings on(RistProfile profile, Settings settings, Naming naming) {
        Settings kept = settings;
        for (Parameter<?> parameter : SETTINGS) {
            Object made = settings.find(parameter).orElse(null);
            if (made == null || parameter.isOn(profile)) {
                continue;
            }
            if (!parameter.isOff(made)) {
                String name = naming.of(parameter, settings);
                throw new RistConfigException(name, name + " " + parameter.lack());
            }
            kept = kept.without(parameter);
        }
        return kept;
    }
}
