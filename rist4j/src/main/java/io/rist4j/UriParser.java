package io.rist4j;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code rist://[@]host:port?k=v&k=v}. As in libRIST nothing is percent-decoded, the first
 * question mark begins the parameters, and of two parameters of one name the later wins. {@code
 * buffer}, {@code rtt} and {@code keepalive} give way to the names they stand for, in any order.
 */
final class UriParser {
    private static final String SCHEME = "rist://";
    static final ChoiceKind<RistProfile> PROFILE = ChoiceKind.numbered(RistProfile.values());

    private UriParser() {}

    static RistUri parse(String text, RistConfig base) {
        String rest = withoutScheme(text);
        int question = rest.indexOf('?');
        Map<String, String> pairs = question < 0 ? Map.of() : pairs(rest.substring(question + 1));
        // the profile first: it decides about everything else
        RistConfigBuilder<?> builder = builderFor(pairs, base);
        pairs.forEach((key, value) -> apply(key, value, pairs, builder));
        return address(
                question < 0 ? rest : rest.substring(0, question), builder.build(Naming.KEYS));
    }

    private static String withoutScheme(String text) {
        if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return text.substring(SCHEME.length());
        }
        int colon = text.indexOf("://");
        int question = text.indexOf('?');
        String found =
                colon >= 0 && (question < 0 || colon < question)
                        ? text.substring(0, colon + 3)
                        : "no scheme";
        throw new RistConfigException(
                "scheme", "a rist URL begins with rist://, as in rist://host:5000; found " + found);
    }

    private static Map<String, String> pairs(String query) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue; // as libRIST: k=v&&k=v and a trailing & are harmless
            }
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.isEmpty() || Parameters.row(key).isEmpty()) {
                String known = ForeignWords.hint(key);
                throw new RistConfigException(
                        key,
                        "unknown parameter "
                                + key
                                + "; "
                                + (known == null ? "the nearest is " + nearest(key) : known));
            }
            if (equals < 0 || equals == pair.length() - 1) {
                throw new RistConfigException(key, key + " has no value; write " + key + "=VALUE");
            }
            pairs.put(key, pair.substring(equals + 1));
        }
        return pairs;
    }

    /** The profile of a URL, before anything else of it is read. */
    static RistProfile profile(String text, RistConfig base) {
        int question = text.indexOf('?');
        return question < 0 ? base.profile() : profile(pairs(text.substring(question + 1)), base);
    }

    private static RistProfile profile(Map<String, String> pairs, RistConfig base) {
        String wanted = pairs.get("profile");
        return wanted == null ? base.profile() : PROFILE.read("profile", wanted);
    }

    private static RistConfigBuilder<?> builderFor(Map<String, String> pairs, RistConfig base) {
        return switch (profile(pairs, base)) {
            case SIMPLE -> new SimpleConfig.Builder(base.settings());
            case MAIN -> new MainConfig.Builder(base.settings());
            case ADVANCED ->
                    throw new RistConfigException(
                            "profile",
                            "profile advanced is not available yet; this version speaks simple (0)"
                                    + " and main (1)");
        };
    }

    private static void apply(
            String key, String value, Map<String, String> all, RistConfigBuilder<?> builder) {
        switch (Parameters.row(key).orElseThrow()) {
            case UriRow.Setting setting -> apply(setting.parameter(), value, builder);
            case UriRow.Alias alias -> {
                for (Parameter<Duration> target : alias.targets()) {
                    Duration parsed = target.kind().read(key, value);
                    if (!all.containsKey(target.key())) {
                        builder.set(target, parsed);
                    }
                }
            }
            case UriRow.Profile profile -> {
                // decided above
            }
            case UriRow.Refused refused -> {
                if (!refused.asksForNothing(value)) {
                    throw new RistConfigException(key, key + " " + refused.reason());
                }
            }
        }
    }

    private static <T> void apply(
            Parameter<T> parameter, String text, RistConfigBuilder<?> builder) {
        String key = parameter.key();
        if (parameter.isOn(builder.profile())) {
            if (!text.equals(parameter.noWish())) {
                builder.set(parameter, parameter.kind().read(key, text));
            }
        } else if (!parameter.asksForNothing(text)) {
            throw new RistConfigException(key, key + " " + parameter.lack());
        }
    }

    private static RistUri address(String authority, RistConfig config) {
        boolean listening = authority.startsWith("@");
        String hostAndPort = authority.substring(listening ? 1 : 0);
        if (hostAndPort.endsWith("/")) {
            hostAndPort = hostAndPort.substring(0, hostAndPort.length() - 1);
        }
        if (hostAndPort.indexOf('/') >= 0) {
            throw new RistConfigException("path", "a rist URL has no path; found " + hostAndPort);
        }
        if (hostAndPort.indexOf('@') >= 0) {
            // not repeated in the message: it may hold a password
            throw new RistConfigException(
                    "user", "a rist URL has no user before the host; a leading @ means listen");
        }
        int colon;
        String host;
        if (hostAndPort.startsWith("[")) {
            int bracket = hostAndPort.indexOf(']');
            if (bracket < 0) {
                throw new RistConfigException("host", hostAndPort + " has no closing ]");
            }
            host =
                    bracket == 1
                            ? (listening ? "::" : "")
                            : scoped(hostAndPort.substring(1, bracket));
            if (!host.isEmpty() && host.indexOf(':') < 0) {
                throw new RistConfigException("host", "[" + host + "] is no IPv6 address");
            }
            colon = bracket + 1;
            if (colon < hostAndPort.length() && hostAndPort.charAt(colon) != ':') {
                throw new RistConfigException("port", hostAndPort + " has no :port after the ]");
            }
        } else {
            colon = hostAndPort.lastIndexOf(':');
            host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
            if (host.indexOf(':') >= 0) {
                throw new RistConfigException(
                        "host", "an IPv6 address goes in brackets: [" + host + "]");
            }
        }
        if (colon < 0 || colon >= hostAndPort.length() - 1) {
            throw new RistConfigException(
                    "port", "the port is missing; a rist URL is rist://host:port");
        }
        return RistUri.of(
                listening, host, port(listening, hostAndPort.substring(colon + 1)), config);
    }

    /** The scope's percent sign, which some write as in a URI (RFC 6874); a number 25 stays one. */
    private static String scoped(String host) {
        int at = host.indexOf("%25");
        return at >= 0 && at + 3 < host.length() && !Character.isDigit(host.charAt(at + 3))
                ? host.substring(0, at + 1) + host.substring(at + 3)
                : host;
    }

    private static int port(boolean listening, String text) {
        int least = listening ? 0 : 1;
        Long port = Numbers.whole(text);
        if (port == null || port < least || port > 65_535) {
            throw new RistConfigException(
                    "port", "port " + text + " is outside " + least + "..65535");
        }
        return port.intValue();
    }

    /** The name in the table that the fewest edits lead to. */
    private static String nearest(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        String best = "";
        int bestEdits = Integer.MAX_VALUE;
        for (UriRow row : Parameters.ROWS) {
            int edits = edits(lower, row.key());
            if (edits < bestEdits) {
                bestEdits = edits;
                best = row.key();
            }
        }
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours between two words. */
    private static int edits(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int least =
                        Math.min(
                                edits[i - 1][j - 1] + replace,
                                1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    least = Math.min(least, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = least;
            }
        }
        return edits[from.length()][to.length()];
    }
}
