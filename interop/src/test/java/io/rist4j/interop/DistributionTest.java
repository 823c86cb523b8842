package io.rist4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The archives that the build leaves, as somebody has them who has a Java and nothing else. */
@Timeout(300)
final class DistributionTest {
    private static final Path TARGET =
            requireNonNull(Path.of("").toAbsolutePath().getParent()).resolve("rist4j-cli/target");

    @TempDir private Path folder;

    @BeforeEach
    void letOthersRead() throws Exception {
        run(List.of("chmod", "755", folder.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "zip"})
    void runsWhereverItIsUnpackedWithoutWritingThere(String kind) throws Exception {
        Path home = unpacked(kind);
        String rist = home.resolve("bin/rist").toString();
        run(List.of("chmod", "-R", "a-w", home.toString()));

        Result version = run(reader(rist, "--version"));
        Result help = run(reader(rist, "send", "--help"));

        assertThat(version.out).as(version.err).startsWith("rist 0.").contains("Java");
        assertThat(help.out).as(help.err).startsWith("Usage: rist send").contains("--outputurl");
        assertThat(version.err + help.err).isEmpty();
        assertThat(home.resolve("caches")).doesNotExist();
        run(List.of("chmod", "-R", "u+w", home.toString()));
    }

    @Test
    void namesWithOtherLettersThanAsciiAreUnderstoodWithoutALocale() throws Exception {
        Path home = unpacked("tar.gz");
        Path media = folder.resolve("für é 東京.ts");
        Files.write(media, new byte[1880]);

        // the peer is not there; that the file is shows in what it complains of
        Result result =
                run(
                        List.of(
                                home.resolve("bin/rist").toString(),
                                "send",
                                "-i",
                                media.toString(),
                                "-o",
                                "rist://127.0.0.1:9",
                                "--wait",
                                "0.2"));

        assertThat(result.code).as(result.err).isEqualTo(3);
        assertThat(result.err).contains("no receiver came");
    }

    @Test
    void hasManualPagesAndCompletion() throws Exception {
        Path home = unpacked("tar.gz");
        try (Stream<Path> pages = Files.list(home.resolve("share/man/man1"))) {
            assertThat(pages.map(page -> String.valueOf(page.getFileName())))
                    .contains("rist.1", "rist-send.1", "rist-receive.1", "rist-relay.1");
        }
        assertThat(Files.readString(home.resolve("share/man/man1/rist-send.1")))
                .contains(".SH SYNOPSIS", "\\-\\-outputurl", ".SH EXIT STATUS");
        Path completion = home.resolve("share/bash-completion/completions/rist");
        if (Tools.missing("bash").isEmpty()) {
            Result result =
                    run(
                            List.of(
                                    "bash",
                                    "-c",
                                    ". \"$0\"; COMP_WORDS=(rist send --output);"
                                            + " COMP_CWORD=2; _complete_rist;"
                                            + " printf '%s\\n' \"${COMPREPLY[@]}\"",
                                    completion.toString()));
            assertThat(result.out.lines()).as(result.err).contains("--outputurl");
        }
    }

    @Test
    void aRecordingThatIsEndedLeavesNothing() throws Exception {
        Path home = unpacked("tar.gz");
        Path caches = home.resolve("caches");
        Process recorder =
                builder(List.of(home.resolve("bin/rist").toString(), "--record-caches"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        // its commands run: what they are and what they write is to go, too
        List<ProcessHandle> commands = List.of();
        while (recorder.isAlive() && commands.size() < 2) {
            Thread.sleep(10);
            commands = recorder.descendants().filter(DistributionTest::isJava).toList();
        }
        assertThat(commands).hasSizeGreaterThanOrEqualTo(2);

        recorder.destroy();
        recorder.waitFor();

        for (ProcessHandle command : commands) {
            command.onExit().join();
        }
        try (Stream<Path> files = Files.list(caches)) {
            assertThat(files).isEmpty();
        }
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/java");
    }

    private Path unpacked(String kind) throws Exception {
        Path archive;
        try (Stream<Path> files = Files.exists(TARGET) ? Files.list(TARGET) : Stream.empty()) {
            archive =
                    files.filter(file -> String.valueOf(file.getFileName()).startsWith("rist4j-0"))
                            .filter(file -> file.toString().endsWith(kind))
                            .findFirst()
                            .orElse(null);
        }
        assumeTrue(archive != null, "not packaged: skipped");
        String tool = kind.equals("zip") ? "unzip" : "tar";
        assumeTrue(Tools.missing(tool).isEmpty(), tool + " is not installed: skipped");
        String from = requireNonNull(archive).toString();
        Path to = Files.createDirectory(folder.resolve("a folder"));
        Result result =
                run(
                        kind.equals("zip")
                                ? List.of("unzip", "-q", from, "-d", to.toString())
                                : List.of("tar", "-xzf", from, "-C", to.toString()));
        assertThat(result.code).as(result.err).isZero();
        try (Stream<Path> files = Files.list(to)) {
            return files.findFirst().orElseThrow();
        }
    }

    /** As another user than root, who may write everywhere. */
    private static List<String> reader(String... command) {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root") && Tools.missing("setpriv").isEmpty()) {
            words.addAll(List.of("setpriv", "--reuid=65534", "--clear-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private record Result(int code, String out, String err) {}

    private Result run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("rist", ".out");
        Path err = Files.createTempFile("rist", ".err");
        try {
            Process process =
                    builder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            int code = process.waitFor();
            return new Result(code, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** With nothing in its environment but a Java. */
    private static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectInput(new File("/dev/null"));
    }
}
