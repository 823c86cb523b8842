package io.rist4j.bench.e2e;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much JSON as the harness needs: numbers out of the tools' one-line reports, and text for its
 * own.
 */
final class Json {

    private Json() {}

    /** The first number of this name in {@code text}. */
    static double number(String text, String name) {
        Matcher m = Pattern.compile("\"" + name + "\":(-?[0-9.]+)").matcher(text);
        if (!m.find()) {
            throw new IllegalStateException("no " + name + " in: " + text);
        }
        return Double.parseDouble(m.group(1));
    }

    static long integer(String text, String name) {
        return (long) number(text, name);
    }

    /** The flat object of this name in {@code text}. */
    static String object(String text, String name) {
        Matcher m = Pattern.compile("\"" + name + "\":(\\{[^}]*\\})").matcher(text);
        if (!m.find()) {
            throw new IllegalStateException("no " + name + " in: " + text);
        }
        return m.group(1);
    }

    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static String of(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "null";
    }

    static String of(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(e -> quote(e.getKey()) + ":" + of(e.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
