package io.rist4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that were written once and must come out the same on every machine. {@code
 * -Drist4j.golden=write} writes them anew, for a change that is meant.
 */
public final class GoldenFile {
    private static final Path RESOURCES = Path.of("src/test/resources");

    /** Compares a text with the file that lies beside a test class in the resources. */
    public static void check(Class<?> test, String name, String text) throws IOException {
        Path file = RESOURCES.resolve(test.getPackageName().replace('.', '/')).resolve(name);
        if ("write".equals(System.getProperty("rist4j.golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.US_ASCII);
        }
        assertThat(file).exists();
        assertThat(text).isEqualTo(Files.readString(file, StandardCharsets.US_ASCII));
    }

    private GoldenFile() {}
}
