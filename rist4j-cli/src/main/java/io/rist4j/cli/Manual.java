package io.rist4j.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes the manual pages and the completion of bash and zsh from the options that the commands
 * have; the build runs it.
 */
public final class Manual {
    private static final String EXIT_CODES =
            """
            .SH EXIT STATUS
            0 done, 1 failed at run time, 2 wrong usage, 3 the peer refused or never came, 4 data was lost (demo),
            130 ended by Ctrl\\-C.
            """;

    private Manual() {}

    /**
     * Writes {@code share/man/man1} and {@code share/bash-completion/completions}.
     *
     * @param args the folder that has {@code share}
     * @throws IOException when it cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path share = Path.of(args[0], "share");
        Path pages = Files.createDirectories(share.resolve("man/man1"));
        Files.writeString(pages.resolve("rist.1"), overview());
        var all = new CommandLine(CommandSpec.create().name("rist"));
        for (String name : Rist.NAMES) {
            CommandLine line = Rist.commandLine(name);
            Files.writeString(pages.resolve("rist-" + name + ".1"), page(name, line));
            all.addSubcommand(name, line);
        }
        Path completions = Files.createDirectories(share.resolve("bash-completion/completions"));
        Files.writeString(completions.resolve("rist"), AutoComplete.bash("rist", all));
    }

    private static String overview() {
        var page = new StringBuilder();
        title(page, "rist", "a live stream survives a lossy network");
        page.append(".SH DESCRIPTION\n.nf\n");
        Rist.USAGE.lines().skip(2).forEach(line -> line(page, line));
        page.append(".fi\n");
        page.append(".SH SEE ALSO\n");
        Rist.NAMES.forEach(name -> page.append(".BR rist\\-" + name + " (1)\n"));
        return page.toString();
    }

    /** The page of one command. */
    static String page(String name, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        String[] description = usage.description();
        var page = new StringBuilder();
        title(page, "rist-" + name, summary(description));
        page.append(".SH SYNOPSIS\n");
        if (usage.customSynopsis().length == 0) {
            line(page, "rist " + name + " [OPTIONS]");
        }
        for (String synopsis : usage.customSynopsis()) {
            line(page, synopsis);
        }
        page.append(".SH DESCRIPTION\n.nf\n");
        for (String words : description) {
            line(page, words);
        }
        page.append(".fi\n.SH OPTIONS\n");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            entry(page, parameter.paramLabel(), parameter.description());
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                boolean takes = option.arity().max() > 0;
                String names = String.join(", ", option.names());
                entry(
                        page,
                        takes ? names + " " + option.paramLabel() : names,
                        option.description());
            }
        }
        if (usage.footer().length > 0) {
            page.append(".SH NOTES\n.nf\n");
            for (String words : usage.footer()) {
                line(page, words);
            }
            page.append(".fi\n");
        }
        return page.append(EXIT_CODES).append(".SH SEE ALSO\n.BR rist (1)\n").toString();
    }

    private static String summary(String[] description) {
        String first = description.length == 0 ? "" : description[0];
        int end = first.indexOf('.');
        String words = end < 0 ? first : first.substring(0, end);
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static void title(StringBuilder page, String name, String summary) {
        page.append(".TH ")
                .append(escaped(name.toUpperCase(Locale.ROOT)))
                .append(" 1 \"\" \"rist4j ")
                .append(Version.text())
                .append("\"\n.SH NAME\n")
                .append(escaped(name + " - " + summary))
                .append('\n');
    }

    private static void entry(StringBuilder page, String head, String[] text) {
        page.append(".TP\n.B ").append(escaped(head)).append('\n');
        List.of(text).forEach(words -> line(page, words));
    }

    private static void line(StringBuilder page, String words) {
        page.append(words.isBlank() ? ".sp" : escaped(words)).append('\n');
    }

    /** As roff takes it literally. */
    static String escaped(String words) {
        String safe = words.replace("\\", "\\e").replace("-", "\\-").replace("%n", " ");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
