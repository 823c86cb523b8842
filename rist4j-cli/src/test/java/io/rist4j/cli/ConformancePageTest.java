package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What docs/conformance.md calls done names tests, and those exist. */
class ConformancePageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Identifier, feature, state, proof or reason. */
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| ([A-Z]\\d+\\w?) \\|([^|]+)\\| (\\w+) \\|(.*)\\|$", Pattern.MULTILINE);

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

    private final String page = Files.readString(ROOT.resolve("docs/conformance.md"));
    private final Map<String, String> tests = tests();

    ConformancePageTest() throws IOException {}

    @Test
    void everyRowThatIsDoneNamesATestAndEveryNamedTestExists() {
        var wrong = new ArrayList<String>();
        for (MatchResult row : rows()) {
            List<MatchResult> named = TEST.matcher(row.group(4)).results().toList();
            if (row.group(3).equals("done") && named.isEmpty()) {
                wrong.add(row.group(1) + " names no test");
            }
            for (MatchResult test : named) {
                if (!exists(test.group(1), test.group(2))) {
                    wrong.add(row.group(1) + " names " + test.group() + ", which is not there");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRowIsDoneOrLaterOrDeclinedWithAReasonAndTheSumsAreRight() {
        var states = new HashMap<String, Integer>();
        for (MatchResult row : rows()) {
            assertThat(row.group(4)).as(row.group(1)).isNotBlank();
            states.merge(row.group(3), 1, Integer::sum);
        }
        assertThat(states).containsOnlyKeys("done", "later", "declined");
        assertThat(page)
                .contains(
                        states.get("done")
                                + " done, "
                                + states.get("later")
                                + " later, "
                                + states.get("declined")
                                + " declined");
    }

    @Test
    void noRowIsThereTwice() {
        assertThat(rows().stream().map(row -> row.group(1))).doesNotHaveDuplicates();
    }

    private List<MatchResult> rows() {
        return ROW.matcher(page).results().toList();
    }

    private boolean exists(String type, String method) {
        String source = tests.get(type);
        return source != null && (method == null || source.contains(" void " + method + "("));
    }

    /** The sources of all tests of the project, by the names of their classes. */
    private static Map<String, String> tests() throws IOException {
        var found = new HashMap<String, String>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests :
                    modules.map(module -> module.resolve("src/test/java"))
                            .filter(Files::isDirectory)
                            .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                        String name = file.getFileName().toString().replace(".java", "");
                        found.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
        }
        return found;
    }
}
