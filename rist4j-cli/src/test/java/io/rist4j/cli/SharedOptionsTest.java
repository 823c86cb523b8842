package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An option that several commands have is one option. */
class SharedOptionsTest {
    /** What commands mean by these differs: their streams, and what only plays or tries. */
    private static final Set<String> DIFFERENT =
            Set.of(
                    "--inputurl",
                    "--input",
                    "--outputurl",
                    "--output",
                    "relay --buffer",
                    "demo --buffer",
                    "demo --profile",
                    "demo --secret",
                    "demo --bitrate",
                    "demo --loss",
                    "demo --delay",
                    "demo --jitter",
                    "passwd --password-file",
                    "impair --seconds",
                    "impair --stats");

    @Test
    void hasTheSameNamesValueAndWordsInEveryCommand() {
        Map<String, String> known = new HashMap<>();
        List<String> differing = new ArrayList<>();
        for (String command : Rist.NAMES) {
            for (OptionSpec option : Rist.commandLine(command).getCommandSpec().options()) {
                String name = option.longestName();
                if (option.hidden()
                        || DIFFERENT.contains(name)
                        || DIFFERENT.contains(command + " " + name)) {
                    continue;
                }
                String told =
                        Arrays.toString(option.names())
                                + option.paramLabel()
                                + option.arity()
                                + option.type()
                                + String.join(" ", option.description());
                if (!told.equals(known.computeIfAbsent(name, n -> told))) {
                    differing.add(command + " " + name);
                }
            }
        }
        assertThat(differing).isEmpty();
        assertThat(known)
                .containsKeys("--quiet", "--network", "--session-timeout-exit", "--metrics");
    }
}
