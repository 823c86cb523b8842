package io.rist4j.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.List;
import java.util.Objects;

/**
 * libRIST's options that cannot act yet: refused by name, for a script that gives one relies on
 * what it does.
 */
final class RefusedOptions {
    private static final String MAIN = "needs the Main profile, which this version does not have";
    private static final String METRICS =
            "is not in this version; --stats MS prints the same figures";
    private static final String LATER = "is not in this version";

    private static final List<Row> ROWS =
            List.of(
                    Row.withValue("-s", "--secret", null, MAIN),
                    Row.withValue("-e", "--encryption-type", "0", MAIN),
                    Row.withValue("-F", "--srpfile", null, MAIN),
                    Row.withValue(
                            "-c",
                            "--config",
                            null,
                            "is not in this version; give the options one by one"),
                    Row.withValue("-t", "--tun", null, LATER),
                    Row.withValue("-m", "--tun-mode", null, LATER),
                    Row.flag("-M", "--enable-metrics", METRICS),
                    Row.flag("", "--metrics-multipoint", METRICS),
                    Row.flag("", "--metrics-nocreated", METRICS),
                    Row.flag("", "--metrics-http", METRICS),
                    Row.withValue("", "--metrics-tags", null, METRICS),
                    Row.withValue("", "--metrics-port", null, METRICS),
                    Row.withValue("", "--metrics-ip", null, METRICS),
                    Row.withValue("", "--metrics-unix", null, METRICS));

    /** Those of {@code ristsender} alone. */
    private static final Row NULL_PACKETS = Row.flag("-n", "--null-packet-deletion", MAIN);

    /**
     * @param letter empty when there is none
     * @param neutral the value that asks for nothing and is taken, null when every value asks
     */
    private record Row(
            String letter, String name, String arity, @Nullable String neutral, String reason) {
        static Row withValue(String letter, String name, @Nullable String neutral, String reason) {
            return new Row(letter, name, "1", neutral, reason);
        }

        static Row flag(String letter, String name, String reason) {
            return new Row(letter, name, "0", null, reason);
        }

        OptionSpec option() {
            return (letter.isEmpty() ? OptionSpec.builder(name) : OptionSpec.builder(letter, name))
                    .arity(arity)
                    .type(arity.equals("0") ? boolean.class : String.class)
                    .hidden(true)
                    .build();
        }

        void check(ParseResult parsed) {
            OptionSpec option = parsed.matchedOption(name);
            if (option != null && !Objects.toString(option.<Object>getValue()).equals(neutral)) {
                throw new UsageException(
                        (letter.isEmpty() ? name : letter + ", " + name) + " " + reason);
            }
        }
    }

    static void addTo(CommandSpec spec, boolean sender) {
        ROWS.forEach(row -> spec.addOption(row.option()));
        if (sender) {
            spec.addOption(NULL_PACKETS.option());
        }
    }

    static void check(ParseResult parsed) {
        ROWS.forEach(row -> row.check(parsed));
        NULL_PACKETS.check(parsed);
    }

    private RefusedOptions() {}
}
