package io.rist4j.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.List;

/**
 * libRIST's options that cannot act yet: refused by name, for a script that gives one relies on
 * what it does.
 */
final class RefusedOptions {
    private static final String METRICS =
            "is --metrics [ADDRESS]:PORT here, and --metrics-compat librist for libRIST's names";
    private static final String LATER = "is not in this version";

    private static final List<Row> ROWS =
            List.of(
                    Row.withValue(
                            "-c",
                            "--config",
                            "is not in this version; give the options one by one"),
                    Row.withValue("-t", "--tun", LATER),
                    Row.withValue("-m", "--tun-mode", LATER),
                    Row.flag("-M", "--enable-metrics", METRICS),
                    Row.flag("", "--metrics-multipoint", METRICS),
                    Row.flag("", "--metrics-nocreated", METRICS),
                    Row.flag("", "--metrics-http", METRICS),
                    Row.withValue("", "--metrics-tags", METRICS),
                    Row.withValue("", "--metrics-port", METRICS),
                    Row.withValue("", "--metrics-ip", METRICS),
                    Row.withValue("", "--metrics-unix", METRICS));

    /**
     * @param letter empty when there is none
     */
    private record Row(String letter, String name, String arity, String reason) {
        static Row withValue(String letter, String name, String reason) {
            return new Row(letter, name, "1", reason);
        }

        static Row flag(String letter, String name, String reason) {
            return new Row(letter, name, "0", reason);
        }

        OptionSpec option() {
            return (letter.isEmpty() ? OptionSpec.builder(name) : OptionSpec.builder(letter, name))
                    .arity(arity)
                    .type(arity.equals("0") ? boolean.class : String.class)
                    .hidden(true)
                    .build();
        }

        void check(ParseResult parsed) {
            if (parsed.hasMatchedOption(name)) {
                throw new UsageException(
                        (letter.isEmpty() ? name : letter + ", " + name) + " " + reason);
            }
        }
    }

    static void addTo(CommandSpec spec) {
        ROWS.forEach(row -> spec.addOption(row.option()));
    }

    static void check(ParseResult parsed) {
        ROWS.forEach(row -> row.check(parsed));
    }

    private RefusedOptions() {}
}
