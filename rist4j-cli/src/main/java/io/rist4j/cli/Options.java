package io.rist4j.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

import java.util.function.Consumer;

/**
 * Declares the options of the commands that carry streams. Annotations would say the same, but
 * reading them takes 100 ms of a start: each kind is a class that the JVM makes anew every time.
 */
final class Options {
    private final CommandSpec spec;

    private Options(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * A command.
     *
     * @param synopsis how it is used
     * @param description what it does
     * @param footer lines behind the options
     */
    static Options ofCommand(String synopsis, String description, String... footer) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .customSynopsis(synopsis)
                .sortOptions(false)
                .description(description)
                .footer(footer);
        return new Options(spec);
    }

    /** More options for a command that has some already. */
    static Options of(CommandSpec spec) {
        return new Options(spec);
    }

    /**
     * An option that takes a value.
     *
     * @param names its names, the letter first
     * @param label what stands for the value in help
     * @param type of the value
     * @param set takes the value; not called when there is none
     * @param description for help
     */
    <T> Options value(
            String names, String label, Class<T> type, Consumer<T> set, String description) {
        spec.addOption(
                OptionSpec.builder(names.split(" "))
                        .paramLabel(label)
                        .type(type)
                        .arity("1")
                        .setter(new Given<>(type, set))
                        .description(description)
                        .build());
        return this;
    }

    /**
     * An option without a value.
     *
     * @param names its names, the letter first
     * @param set called when it is there
     * @param description for help
     */
    Options flag(String names, Runnable set, String description) {
        spec.addOption(flagOf(names, set, description).build());
        return this;
    }

    /** {@code -h}, which every command has. */
    static void addHelp(CommandSpec to) {
        to.addOption(flagOf("-h --help", () -> {}, "Show this help.").usageHelp(true).build());
    }

    private static OptionSpec.Builder flagOf(String names, Runnable set, String description) {
        return OptionSpec.builder(names.split(" "))
                .type(boolean.class)
                .arity("0")
                .setter(
                        new Given<>(
                                Boolean.class,
                                given -> {
                                    if (given) {
                                        set.run();
                                    }
                                }))
                .description(description);
    }

    CommandSpec spec() {
        return spec;
    }

    /** Hands on what is given, and not that nothing is. */
    private record Given<T>(Class<T> type, Consumer<T> set) implements ISetter {
        @Override
        public <V> V set(V value) {
            if (value != null) {
                set.accept(type.cast(value));
            }
            return value;
        }
    }
}
