package io.rist4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.util.Objects.requireNonNull;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The first command of the README, as somebody has it who has just cloned the repository: nothing
 * is built, nothing is recorded. Takes the latest commit, not what has not been committed.
 */
@Isolated("the build wants every core")
@ExtendWith(TooSlowHere.class)
final class FreshCloneTest {
    /** About a minute, if nothing else runs. */
    private static final long WITHIN_SECONDS = 900;

    @Test
    @Timeout(3 * WITHIN_SECONDS)
    void theDemoBuildsItselfAndBringsEveryByteThrough(@TempDir Path folder) throws Exception {
        assumeTrue(Tools.missing("git").isEmpty(), "git is not installed: skipped");
        Path root = requireNonNull(Path.of("").toAbsolutePath().getParent());
        assumeTrue(Files.exists(root.resolve(".git")), "not a clone: skipped");
        Path clone = folder.resolve("a clone");
        Path output = folder.resolve("out");
        Path messages = folder.resolve("err");
        run(root, output, messages, "git", "clone", "-q", root.toString(), clone.toString());

        run(clone, output, messages, "./rist", "demo", "--seconds", "3", "--json");

        assertThat(Files.readString(messages)).contains("building");
        assertThat(Files.readString(output)).startsWith("{").contains("\"ok\":true", "\"lost\":0");
    }

    private static void run(Path folder, Path output, Path messages, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(List.of(command));
        builder.directory(folder.toFile());
        builder.redirectOutput(output.toFile()).redirectError(messages.toFile());
        // the build around this test must not show in the one within
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().keySet().removeIf(name -> name.startsWith("RIST_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // nothing may run on in a folder that is removed
        builder.environment().put("RIST_RECORD", "0");
        builder.redirectInput(new File("/dev/null"));
        Process process = builder.start();
        try {
            assumeTrue(
                    process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS),
                    "too slow here: " + List.of(command) + " takes over " + WITHIN_SECONDS + " s");
            assertThat(process.exitValue())
                    .as("%s%n%s", String.join(" ", command), Files.readString(messages))
                    .isZero();
        } finally {
            process.destroy();
        }
    }
}
