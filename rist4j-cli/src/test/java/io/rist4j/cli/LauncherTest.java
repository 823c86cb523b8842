package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shell around the command: with a Java and a Maven that only say how they were called. */
@Timeout(120)
final class LauncherTest {
    private static final Path ROOT = requireNonNull(Path.of("").toAbsolutePath().getParent());
    private static final Path APP = ROOT.resolve("rist4j-cli/src/main/app");

    /** Says what it runs; as the recorder it works until it is told to end. */
    private static final String JAVA =
            """
            #!/bin/sh
            case "$*" in
                *Training*)
                    echo $$ >"$RECORDER"
                    [ -e "$RECORDER.fails" ] && exit 1
                    exec sleep 60 ;;
            esac
            echo "java $LC_ALL $*"
            """;

    /**
     * Builds what the launcher expects, in the time that the test allows. As the real one it takes
     * a class that is not older than its source for up to date. What lies in {@code edited} is
     * saved as the source while that is being compiled.
     */
    private static final String MAVEN =
            """
            #!/bin/sh
            here=${0%/*}
            echo "$*" >>"$here/builds"
            [ -e "$here/slow" ] && exec sleep 60
            [ -e "$here/broken" ] && echo "[ERROR] A.java: broken" && exit 1
            source=$here/rist4j-core/src/main/A.java
            classes=$here/rist4j-core/target/rist/classes
            if [ ! -e "$classes/A" ] || [ "$source" -nt "$classes/A" ]; then
                mkdir -p "$classes"
                cp "$source" "$classes/A"
                [ ! -e "$here/edited" ] || mv "$here/edited" "$source"
                touch -r "$source" "$classes/A"
            fi
            mkdir -p "$here/rist4j-cli/target/rist"
            cp -R "$here/rist4j-cli/src/main/app" "$here/rist4j-cli/target/rist/app"
            """;

    @TempDir private Path folder;
    private Path jdk = Path.of("");
    private Path recorder = Path.of("");

    @BeforeEach
    void makeJava() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell: skipped");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        jdk = Files.createDirectories(folder.resolve("a jdk"));
        script(Files.createDirectories(jdk.resolve("bin")).resolve("java"), JAVA);
        Files.writeString(
                jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\nJAVA_RUNTIME_VERSION=\"25+9\"\n");
        recorder = folder.resolve("recorder");
    }

    @Test
    void runsFromAnyFolderThatItMayNotWrite() throws Exception {
        Path app = app();
        Path link = Files.createSymbolicLink(folder.resolve("link"), app.resolve("bin/rist"));

        Result result = runAsNobody(Map.of("RIST_RECORD", "1"), link.toString(), "send", "a b");

        assertThat(result.code).as(result.err).isZero();
        assertThat(result.out)
                .contains("@" + app.resolve("lib/jvm.options"), "Rist send a b")
                .doesNotContain("AOT");
        assertThat(app.resolve("caches")).doesNotExist();
    }

    @Test
    void looksForJavaWithoutAnyEnvironment() throws Exception {
        var looking =
                new ProcessBuilder(
                        "/bin/sh",
                        "-euc",
                        ". \"$0\"; find_jdk 999 java || echo none",
                        APP.resolve("lib/find-jdk.sh").toString());
        looking.environment().clear();

        Result result = finish(looking);

        assertThat(result.err).isEmpty();
        assertThat(result.out.strip()).isEqualTo("none");
    }

    @Test
    void readsNamesInUtf8WhereTheLocaleKnowsAsciiOnly() throws Exception {
        Path rist = app().resolve("bin/rist");

        assertThat(run(Map.of("LC_ALL", "C"), rist, "version").out).startsWith("java C.UTF-8 ");
        assertThat(run(Map.of("LC_ALL", "xx_XX.UTF-8"), rist, "version").out)
                .as("a locale that is not installed")
                .startsWith("java C.UTF-8 ");
        assertThat(run(Map.of("LC_ALL", "C.UTF-8"), rist, "version").out)
                .startsWith("java C.UTF-8 ");
    }

    @Test
    void noStartWaitsForTheRecordingOfCaches() throws Exception {
        Path app = app();

        // the recorder would keep the pipes open, too, if it had them
        Result result = run(Map.of("RIST_RECORD", "1"), app.resolve("bin/rist"), "version");

        assertThat(result.out).startsWith("java ");
        ProcessHandle running = awaitRecorder();
        try (Stream<Path> files = Files.list(app.resolve("caches"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .contains("recording." + running.pid());
        }
        // another start leaves it alone
        run(Map.of("RIST_RECORD", "1"), app.resolve("bin/rist"), "version");
        assertThat(running.isAlive()).isTrue();
        end(running);
    }

    @Test
    void aRecordingThatFailedIsTriedAgainLater() throws Exception {
        Path app = app();
        Path rist = app.resolve("bin/rist");
        Path fails = Files.createFile(folder.resolve("recorder.fails"));
        run(Map.of("RIST_RECORD", "1"), rist, "version");
        awaitGone(awaitRecorder());
        Files.delete(recorder);
        Files.delete(fails);

        run(Map.of("RIST_RECORD", "1"), rist, "version");
        assertThat(recorder).as("not at every start").doesNotExist();

        Files.setLastModifiedTime(
                app.resolve("caches/tried"),
                FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        run(Map.of("RIST_RECORD", "1"), rist, "version");
        end(awaitRecorder());
    }

    @Test
    void whatAKilledRecordingLeftIsRemoved() throws Exception {
        Path app = app();
        Path left = Files.createDirectories(app.resolve("caches/recording.999999999"));
        Files.createFile(left.resolve("send.aot"));
        Files.createFile(folder.resolve("recorder.fails"));

        run(Map.of(), app.resolve("bin/rist"), "--record-caches");

        assertThat(left).doesNotExist();
        assertThat(recorder).exists();
    }

    @Test
    void cachesOfAnotherFolderOrAnotherJavaAreNotUsed() throws Exception {
        Path app = app();
        Path rist = app.resolve("bin/rist");
        Path caches = Files.createDirectories(app.resolve("caches/25+9"));
        Files.writeString(caches.resolve("folder"), app.resolve("lib") + "\n");

        assertThat(run(Map.of(), rist, "send").out)
                .contains("-XX:AOTCache=" + caches + "/send.aot");
        assertThat(run(Map.of(), rist, "demo").out)
                .contains("-XX:AOTCache=" + caches + "/rist.aot");

        Files.writeString(caches.resolve("folder"), "/elsewhere/lib\n");
        assertThat(run(Map.of(), rist, "send").out).doesNotContain("AOT");

        Files.writeString(caches.resolve("folder"), app.resolve("lib") + "\n");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"26\"\n");
        assertThat(run(Map.of(), rist, "send").out).doesNotContain("AOT");
    }

    @Test
    void aCloneBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        Path clone = cloneOf();
        Path rist = clone.resolve("rist");

        Result first = run(Map.of(), rist, "version");
        Result second = run(Map.of(), rist, "version");
        assertThat(first.out).as(first.err).startsWith("java ");
        assertThat(first.err).contains("building");
        assertThat(second.err).isEmpty();
        assertThat(Files.readAllLines(clone.resolve("builds"))).hasSize(1);

        touch(clone.resolve("pom.xml"));
        assertThat(run(Map.of(), rist, "version").err).contains("building");
        assertThat(Files.readAllLines(clone.resolve("builds")))
                .hasSize(2)
                .allMatch(words -> words.contains("build.folder=target/rist"));
        assertThat(clone.resolve("rist4j-cli/target/rist/owner")).doesNotExist();
    }

    @Test
    void whatIsSavedWhileItIsCompiledIsCompiledTheNextTime() throws Exception {
        Path clone = cloneOf();
        Path edited = Files.writeString(clone.resolve("edited"), "after");
        touch(edited);
        Path compiled = clone.resolve("rist4j-core/target/rist/classes/A");

        run(Map.of(), clone.resolve("rist"), "version");
        assertThat(compiled).hasContent("before");
        run(Map.of(), clone.resolve("rist"), "version");

        assertThat(compiled).hasContent("after");
    }

    @Test
    void aModuleThatDidNotChangeIsNotCompiledAgain() throws Exception {
        Path clone = cloneOf();
        run(Map.of(), clone.resolve("rist"), "version");
        Path compiled = clone.resolve("rist4j-core/target/rist/classes/A");
        Files.writeString(compiled, "kept");

        touch(clone.resolve("rist4j-cli/src/main/app/bin/rist"));
        assertThat(run(Map.of(), clone.resolve("rist"), "version").err).contains("building");

        assertThat(compiled).hasContent("kept");
    }

    @Test
    void aSourceThatIsRemovedIsNoticed() throws Exception {
        Path clone = cloneOf();
        Path folder = Files.createDirectories(clone.resolve("rist4j-core/src/main/b"));
        Path source = Files.createFile(folder.resolve("B.java"));
        run(Map.of(), clone.resolve("rist"), "version");

        Files.delete(source);
        touch(folder);

        assertThat(run(Map.of(), clone.resolve("rist"), "version").err).contains("building");
    }

    @Test
    void aCloneThatMayNotBeWrittenRunsWhatIsBuilt() throws Exception {
        Path clone = cloneOf();
        Path rist = clone.resolve("rist");
        assertThat(runAsNobody(Map.of(), rist.toString(), "version"))
                .satisfies(result -> {
                    assertThat(result.code).isEqualTo(1);
                    assertThat(result.err).contains("nothing is built", "cannot be written");
                });

        makeWritable(clone);
        run(Map.of(), rist, "version");
        touch(clone.resolve("pom.xml"));
        Result result = runAsNobody(Map.of(), rist.toString(), "version");

        assertThat(result.err).contains("cannot be written: running what there is");
        assertThat(result.out).startsWith("java ");
        assertThat(result.code).isZero();
        makeWritable(clone);
    }

    @Test
    void aBuildThatIsInterruptedEndsAtOnceAndLeavesNothing() throws Exception {
        Path clone = cloneOf();
        Files.createFile(clone.resolve("slow"));
        Path builds = clone.resolve("rist4j-cli/target/rist");
        Process process = start(Map.of(), clone.resolve("rist").toString(), "version");
        await(() -> Files.exists(clone.resolve("builds")));

        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
        try (Stream<Path> files = Files.list(builds)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactly("build.log");
        }
    }

    @Test
    void theLockOfAProcessThatIsGoneHoldsNobody() throws Exception {
        Path clone = cloneOf();
        Path builds = Files.createDirectories(clone.resolve("rist4j-cli/target/rist"));
        Files.createSymbolicLink(builds.resolve("owner"), Path.of("999999999"));

        assertThat(run(Map.of(), clone.resolve("rist"), "version").out).startsWith("java ");
        assertThat(Files.exists(builds.resolve("owner"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void severalStartsWaitForOneBuild() throws Exception {
        Path clone = cloneOf();
        var starts = new ArrayList<Process>();
        for (int i = 0; i < 3; i++) {
            starts.add(start(Map.of(), clone.resolve("rist").toString(), "version"));
        }

        for (Process process : starts) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(Files.readAllLines(clone.resolve("builds"))).hasSize(1);
    }

    @Test
    void aBuildThatFailsSaysWhy() throws Exception {
        Path clone = cloneOf();
        Files.createFile(clone.resolve("broken"));

        Result result = run(Map.of(), clone.resolve("rist"), "version");

        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).contains("[ERROR] A.java: broken", "the build failed");
        assertThat(clone.resolve("rist4j-cli/target/rist/owner")).doesNotExist();
    }

    private Path app() throws IOException, InterruptedException {
        Path app = folder.resolve("an app");
        copy(APP, app);
        return app;
    }

    private Path cloneOf() throws IOException, InterruptedException {
        Path clone = Files.createDirectories(folder.resolve("a clone"));
        copy(ROOT.resolve("rist"), clone.resolve("rist"));
        Files.createDirectories(clone.resolve("rist4j-cli/src/main"));
        Files.createDirectories(clone.resolve("build"));
        copy(APP, clone.resolve("rist4j-cli/src/main/app"));
        Files.createFile(clone.resolve("pom.xml"));
        Path core = Files.createDirectories(clone.resolve("rist4j-core/src/main"));
        Files.writeString(core.resolve("A.java"), "before");
        script(clone.resolve("mvnw"), MAVEN);
        return clone;
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        assertThat(finish(new ProcessBuilder("cp", "-R", from.toString(), to.toString())).code)
                .isZero();
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Newer than whatever was written so far, whichever resolution the file system has. */
    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }

    private ProcessHandle awaitRecorder() throws IOException, InterruptedException {
        await(() -> Files.exists(recorder) && Files.size(recorder) > 0);
        long pid = Long.parseLong(Files.readString(recorder).strip());
        return ProcessHandle.of(pid).orElse(ProcessHandle.current());
    }

    private static void end(ProcessHandle process) throws IOException, InterruptedException {
        process.destroy();
        awaitGone(process);
    }

    private static void awaitGone(ProcessHandle process) throws IOException, InterruptedException {
        if (process.pid() != ProcessHandle.current().pid()) {
            await(() -> !process.isAlive());
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** The test's own limit ends it. */
    private static void await(Condition condition) throws IOException, InterruptedException {
        while (!condition.holds()) {
            Thread.sleep(10);
        }
    }

    private record Result(int code, String out, String err) {}

    private Result run(Map<String, String> environment, Path program, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return finish(builder(environment, command));
    }

    /** As a user that may read everything here and write nothing. */
    private Result runAsNobody(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv: skipped as root");
            words.addAll(List.of("/usr/bin/setpriv", "--reuid=65534", "--clear-groups"));
        } else {
            assertThat(finish(new ProcessBuilder("chmod", "-R", "a-w", folder.toString())).code)
                    .isZero();
        }
        words.addAll(List.of(command));
        try {
            return finish(builder(environment, words));
        } finally {
            makeWritable(folder);
        }
    }

    private static void makeWritable(Path path) throws IOException, InterruptedException {
        finish(new ProcessBuilder("chmod", "-R", "u+w", path.toString()));
    }

    private Process start(Map<String, String> environment, String... command) throws IOException {
        return builder(environment, List.of(command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("RECORDER", recorder.toString());
        builder.environment().put("RIST_RECORD", "0");
        builder.environment().putAll(environment);
        return builder.redirectInput(new File("/dev/null"));
    }

    private static Result finish(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("rist-launcher", ".out");
        Path err = Files.createTempFile("rist-launcher", ".err");
        try {
            Process process =
                    builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            int code = process.waitFor();
            return new Result(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
