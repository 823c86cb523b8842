package io.rist4j;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of URL parameters as data and as text. */
final class UriHelp {
    private static final int WIDTH = 100;
    private static final int INDENT = 22;

    private UriHelp() {}

    static List<RistParameter> parameters() {
        var list = new ArrayList<RistParameter>();
        for (UriRow row : Parameters.ROWS) {
            list.add(describe(row));
        }
        return List.copyOf(list);
    }

    static String text() {
        var text = new StringBuilder();
        text.append("rist://[@]host:port[?name=value&name=value...]\n\n");
        wrap(
                text,
                "",
                "A leading @ listens, otherwise the URL dials. An empty host listens on every"
                        + " address (@[] for IPv6); IPv6 addresses go in brackets. On the simple"
                        + " profile the port is even and RTCP takes the next one. To listen on port"
                        + " 0 is to listen on one that the system chooses. Of two parameters with"
                        + " one name the later wins.",
                0);
        text.append("\nParameters:\n");
        var refused = new ArrayList<RistParameter>();
        for (RistParameter p : parameters()) {
            if (p.available()) {
                String head = "  " + p.name();
                String unit = p.unit().isEmpty() ? "" : " in " + p.unit();
                String acts = p.actsAt().equals("both") ? "" : "; acts at the " + p.actsAt();
                wrap(
                        text,
                        head,
                        p.meaning()
                                + " ("
                                + p.range()
                                + unit
                                + "; default "
                                + p.defaultValue()
                                + acts
                                + (p.perPath() ? "; per path" : "")
                                + profiles(p)
                                + ")",
                        INDENT);
            } else {
                refused.add(p);
            }
        }
        text.append("\nRefused by name:\n");
        refused.forEach(p -> wrap(text, "  " + p.name(), p.meaning(), INDENT));
        return text.toString();
    }

    private static RistParameter describe(UriRow row) {
        return switch (row) {
            case UriRow.Setting setting -> {
                Parameter<?> parameter = setting.parameter();
                yield new RistParameter(
                        parameter.key(),
                        parameter.field(),
                        parameter.fallbackText(),
                        parameter.perPath(),
                        parameter,
                        parameter.elsewhere(),
                        parameter.meaning());
            }
            case UriRow.Alias alias ->
                    new RistParameter(
                            alias.key(),
                            alias.field(),
                            "not set",
                            false,
                            alias.targets().get(0),
                            alias.elsewhere(),
                            alias.meaning());
            case UriRow.Profile profile ->
                    new RistParameter(
                            profile.key(),
                            UriParser.PROFILE.range(),
                            "simple",
                            EnumSet.allOf(RistProfile.class),
                            "profile of the session; advanced is not available yet");
            case UriRow.Refused refused ->
                    new RistParameter(refused.key(), "", "", Set.of(), refused.reason());
        };
    }

    /** {@code ; main profile} where not every profile has a parameter. */
    private static String profiles(RistParameter parameter) {
        Set<RistProfile> profiles = parameter.profiles();
        return profiles.containsAll(EnumSet.allOf(RistProfile.class))
                ? ""
                : "; "
                        + profiles.stream()
                                .sorted()
                                .map(RistProfile::toString)
                                .collect(Collectors.joining(" or "))
                        + " profile";
    }

    /** Appends a paragraph whose lines after the head stand at the indent. */
    private static void wrap(StringBuilder text, String head, String paragraph, int indent) {
        var line = new StringBuilder(head);
        line.append(" ".repeat(Math.max(head.isEmpty() ? 0 : 1, indent - head.length())));
        boolean first = true;
        for (String word : paragraph.split(" ", -1)) {
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(" ".repeat(indent));
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            first = false;
        }
        text.append(line).append('\n');
    }
}
