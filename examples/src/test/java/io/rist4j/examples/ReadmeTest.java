package io.rist4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java of the README is that of the examples, which are compiled and run. */
class ReadmeTest {
    private static final Pattern SNIPPET =
            Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void everySnippetStandsInAnExample() throws IOException {
        List<String> snippets =
                SNIPPET.matcher(Files.readString(Path.of("../README.md")))
                        .results()
                        .map(match -> match.group(1))
                        .flatMap(block -> Stream.of(block.split("\\n\\n", -1)))
                        .map(ReadmeTest::withoutLayout)
                        .toList();
        String examples;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            examples =
                    withoutLayout(
                            files.filter(Files::isRegularFile)
                                    .map(ReadmeTest::read)
                                    .reduce("", String::concat));
        }

        assertThat(snippets)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(snippet -> assertThat(examples).contains(snippet));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String withoutLayout(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
