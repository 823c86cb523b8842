package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the pages link to and name is there, and decisions can be told by their numbers. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");

    /** A link to a file, without the place in it. */
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

    /** A row of four columns, of which the last one names classes. */
    private static final Pattern LIMIT =
            Pattern.compile("^\\|[^|]*\\|[^|]*\\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("`(\\w+)[^`]*`");

    @Test
    void everyLinkToAFileOfOursLeadsThere() throws IOException {
        var broken = new ArrayList<String>();
        for (Path page : pages()) {
            List<MatchResult> links = LINK.matcher(Files.readString(page)).results().toList();
            for (MatchResult link : links) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(ROOT.relativize(page) + " links to " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDecisionHasANumberOfItsOwn() throws IOException {
        try (Stream<Path> decisions = Files.list(DECISIONS)) {
            List<String> numbers =
                    decisions
                            .map(page -> DECISIONS.relativize(page).toString().substring(0, 4))
                            .toList();
            assertThat(numbers)
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .allMatch(number -> number.matches("\\d{4}"));
        }
    }

    @Test
    void everyLimitOnThePageOfSecurityNamesAClassThatIsThere() throws IOException {
        List<String> classes = classes();
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        List<MatchResult> named =
                LIMIT.matcher(page)
                        .results()
                        .flatMap(row -> NAME.matcher(row.group(1)).results())
                        .toList();
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(classes).contains(name.group(1)));
    }

    private static List<String> classes() throws IOException {
        var classes = new ArrayList<String>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/main/java");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.map(file -> file.toString().replaceAll(".*/|\\.java$", ""))
                                .forEach(classes::add);
                    }
                }
            }
        }
        return classes;
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), DECISIONS)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }
}
