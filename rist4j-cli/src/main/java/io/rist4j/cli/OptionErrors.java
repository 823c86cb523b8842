package io.rist4j.cli;

import io.rist4j.RistUri;
import io.rist4j.cli.media.NameDistance;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is said of options that cannot be read: which one, what was given and what it takes, or what
 * a word of other tools is called here.
 */
final class OptionErrors {
    private static final String HELP_URL = "--help-url";

    /** Options of other tools, and what they are here. */
    private static final Map<String, String> OPTIONS =
            Map.ofEntries(
                    Map.entry("passphrase", "--secret"),
                    Map.entry("psk", "--secret"),
                    Map.entry("key", "--secret"),
                    Map.entry("pbkeylen", "--encryption-type"),
                    Map.entry("aes", "--encryption-type"),
                    Map.entry("latency", "--buffer"),
                    Map.entry("delay", "--buffer"),
                    Map.entry("user", "--username"),
                    Map.entry("pass", "--password-file"),
                    Map.entry("users", "--srpfile"),
                    Map.entry("timeout", "--wait"),
                    Map.entry("loglevel", "--verbose-level"),
                    Map.entry("verbose", "--verbose-level"),
                    Map.entry("json", "--stats-format"),
                    Map.entry("silent", "--quiet"));

    /** What there is no option for. */
    private static final Map<String, String> ADVICE =
            Map.of(
                    "pktsize", "datagrams keep the size that they have; leave it out",
                    "payloadsize", "datagrams keep the size that they have; leave it out",
                    "mode", "who listens is written rist://@HOST:PORT, who calls rist://HOST:PORT");

    /** A name that is nearer than this to a known one is taken for a slip. */
    private static final int FAR = 3;

    private OptionErrors() {}

    /** One line. It does not repeat what may be a secret. */
    static String text(ParameterException e) {
        if (e.getCause() instanceof UsageException cause) {
            return String.valueOf(cause.getMessage());
        }
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().get(0), command);
        }
        if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
            return missing(
                    missing.getMissing().get(0), message(e).contains("parameter for option"));
        }
        if (e.getArgSpec() instanceof OptionSpec option && e.getValue() != null) {
            return names(option) + " " + e.getValue() + " is " + wanted(option);
        }
        return message(e).lines().findFirst().orElse("wrong option");
    }

    private static String message(ParameterException e) {
        return String.valueOf(e.getMessage());
    }

    /**
     * @param isGiven whether it is there, and only its value is missing
     */
    private static String missing(ArgSpec what, boolean isGiven) {
        String name = what instanceof OptionSpec option ? names(option) : what.paramLabel();
        return name + (isGiven ? " needs a value: " + what.paramLabel() : " is missing");
    }

    private static String unknown(String argument, CommandSpec command) {
        String hint = hint(argument, command);
        boolean isOption = argument.startsWith("-"); // and its value may be a secret
        String shown = isOption ? argument.split("=", 2)[0] : argument;
        return "unknown argument " + shown + (hint.isEmpty() ? "" : "; " + hint);
    }

    private static String hint(String argument, CommandSpec command) {
        if (!argument.startsWith("-")) {
            return command.findOption("-i") == null ? "" : "inputs are given by -i, outputs by -o";
        }
        String name = argument.replaceFirst("^-+", "").split("=", 2)[0].toLowerCase(Locale.ROOT);
        String word = name.replaceAll("[-_]", "");
        OptionSpec here = command.findOption(OPTIONS.getOrDefault(word, ""));
        if (here != null) {
            return "here it is " + names(here);
        }
        if (command.findOption(HELP_URL) != null) {
            String advice = ADVICE.get(word);
            if (advice != null) {
                return advice;
            }
            if (RistUri.parameters().stream().anyMatch(known -> known.name().equals(name))) {
                return "in a URL it is a parameter: ?" + name + "=";
            }
        }
        return nearest("--" + name, command);
    }

    private static String nearest(String name, CommandSpec command) {
        String best = "";
        int least = FAR;
        for (OptionSpec option : command.options()) {
            for (String known : option.hidden() ? new String[0] : option.names()) {
                int distance = known.startsWith("--") ? NameDistance.between(known, name) : FAR;
                if (distance < least) {
                    least = distance;
                    best = known;
                }
            }
        }
        return best.isEmpty() ? "" : "the nearest is " + best;
    }

    /** The letter and the first name. */
    private static String names(OptionSpec option) {
        List<String> all = List.of(option.names());
        return String.join(", ", all.subList(0, Math.min(2, all.size())));
    }

    private static String wanted(OptionSpec option) {
        Class<?> type = option.type();
        if (type.isEnum()) {
            return "none of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        boolean isWhole = type == Integer.class || type == int.class || type == Long.class;
        boolean isNumber = type == Double.class || type == double.class;
        return (isWhole ? "not a whole number" : isNumber ? "not a number" : "not what it takes")
                + unit(option.paramLabel());
    }

    private static String unit(String label) {
        return switch (label) {
            case "MS" -> " of milliseconds";
            case "S", "SECONDS" -> " of seconds";
            case "BYTES" -> " of bytes";
            default -> "";
        };
    }
}
