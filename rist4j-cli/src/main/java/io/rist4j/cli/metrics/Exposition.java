package io.rist4j.cli.metrics;

import io.rist4j.core.message.PrintableText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metrics as text of the Prometheus format, version 0.0.4: samples of one name together, behind
 * what the name means. Not thread-safe.
 */
public final class Exposition {
    /** What the text is, for HTTP. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NS_PER_SECOND = 1e9;

    private record Family(String help, String type, List<String> samples) {}

    private final Map<String, Family> families = new LinkedHashMap<>();

    /** Nothing yet. */
    public Exposition() {}

    /**
     * A number that counts from a beginning on.
     *
     * @param name without {@code _total}, which is added
     * @param help what it means; of the first sample of a name
     * @param labels what tells it from others of its name; may hold anything
     * @param value not below an earlier one
     */
    public void counter(String name, String help, Map<String, String> labels, long value) {
        add(name + "_total", "counter", help, labels, Long.toString(value));
    }

    /**
     * A number that tells how things stand.
     *
     * @param name the whole name
     * @param help what it means; of the first sample of a name
     * @param labels what tells it from others of its name; may hold anything
     * @param value finite
     */
    public void gauge(String name, String help, Map<String, String> labels, double value) {
        add(name, "gauge", help, labels, number(value));
    }

    /**
     * A time, in seconds as Prometheus wants it.
     *
     * @param name without {@code _seconds}, which is added
     * @param help what it means; of the first sample of a name
     * @param labels what tells it from others of its name; may hold anything
     * @param ns in nanoseconds
     * @param counts whether it is a sum that grows
     */
    public void time(
            String name, String help, Map<String, String> labels, long ns, boolean counts) {
        add(
                name + "_seconds" + (counts ? "_total" : ""),
                counts ? "counter" : "gauge",
                help,
                labels,
                number(ns / NS_PER_SECOND));
    }

    private void add(
            String name, String type, String help, Map<String, String> labels, String value) {
        families.computeIfAbsent(name, n -> new Family(help, type, new ArrayList<>()))
                .samples()
                .add(name + labels(labels) + " " + value);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        var pairs = new ArrayList<String>();
        labels.forEach((name, value) -> pairs.add(name + "=\"" + escaped(value) + "\""));
        return "{" + String.join(",", pairs) + "}";
    }

    /** A peer's name may hold anything. */
    private static String escaped(String text) {
        return PrintableText.of(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** The whole, ending with a line feed; empty when there is nothing. */
    public String text() {
        var text = new StringBuilder();
        families.forEach((name, family) -> {
            text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
            family.samples().forEach(sample -> text.append(sample).append('\n'));
        });
        return text.toString();
    }
}
