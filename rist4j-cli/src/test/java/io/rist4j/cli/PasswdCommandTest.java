package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpVerifier;
import io.rist4j.crypto.srp.VerifierFile;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

class PasswdCommandTest {
    @TempDir private Path directory;
    private final ConsoleRecorder console = new ConsoleRecorder();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int runWithInput(String input, String... args) {
        return console.run(
                new PasswdCommand(new ByteArrayInputStream(utf8(input)), null), "passwd", args);
    }

    /** What the terminal hands out stays with it, to see whether it was overwritten. */
    private int runOnTerminal(List<char[]> answers, String... args) {
        var left = new ArrayDeque<>(answers);
        var command =
                new PasswdCommand(
                        new ByteArrayInputStream(new byte[0]), question -> left.removeFirst());
        return console.run(command, "passwd", args);
    }

    private static void assertOpens(String lines, String user, String password) {
        VerifierFile file = VerifierFile.read(utf8(lines));
        assertThat(file.badLines()).isEmpty();
        for (boolean isLegacy : new boolean[] {true, false}) {
            SrpVerifier found = Objects.requireNonNull(file.find(utf8(user), isLegacy));
            Srp srp = Srp.of(isLegacy ? SrpMode.LEGACY : SrpMode.PADDED);
            assertThat(srp.verifier(utf8(user), utf8(password), found.salt()))
                    .isEqualTo(found.verifier());
        }
    }

    @Test
    void printsTheTwoLinesOfLibrist() {
        assertThat(console.run("passwd", "alice", "pässword")).as(console.err()).isZero();

        assertThat(console.err()).isEmpty();
        assertThat(console.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("alice:[\\w+/]+=*:[\\w+/]+=*:3:0"),
                        line -> assertThat(line).matches("alice:[\\w+/]+=*:[\\w+/]+=*:3:1"));
        assertOpens(console.out(), "alice", "pässword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret\n", "secret\r\n", "secret\nother\n"})
    void takesAPasswordFromALineOfStandardInputOrAFile(String text) throws IOException {
        assertThat(runWithInput(text, "alice", "-")).as(console.err()).isZero();
        assertOpens(console.out(), "alice", "secret");

        Path file = Files.writeString(directory.resolve("secret.txt"), text);
        var other = new ConsoleRecorder();
        assertThat(other.run("passwd", "alice", "--password-file", file.toString())).isZero();
        assertOpens(other.out(), "alice", "secret");
    }

    @Test
    void asksTwiceOnATerminalAndOverwritesTheAnswers() {
        char[] first = "secret".toCharArray();
        char[] second = "secret".toCharArray();

        assertThat(runOnTerminal(List.of(first, second), "alice")).as(console.err()).isZero();

        assertOpens(console.out(), "alice", "secret");
        assertThat(first).containsOnly('\0');
        assertThat(second).containsOnly('\0');
    }

    @Test
    void refusesTwoAnswersThatDiffer() {
        char[] first = "secret".toCharArray();
        char[] second = "sacred".toCharArray();

        assertThat(runOnTerminal(List.of(first, second), "alice")).isEqualTo(1);

        assertThat(console.err()).isEqualTo("rist passwd: the two passwords differ\n");
        assertThat(console.out()).isEmpty();
        assertThat(first).containsOnly('\0');
        assertThat(second).containsOnly('\0');
    }

    @Test
    void wantsAPasswordWhereThereIsNoTerminal() {
        assertThat(runWithInput("", "alice")).isEqualTo(2);
        assertThat(console.err()).startsWith("rist passwd: password missing, and no terminal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a\nb", "#a"})
    void refusesBadUserNamesWithOneLineBeforeItAsksForAPassword(String user) {
        assertThat(runWithInput("", user)).isEqualTo(2);
        assertThat(console.err())
                .startsWith("rist passwd: user name of ")
                .contains("1..255 octets");
        assertThat(console.err().lines().count()).isEqualTo(2);
    }

    @Test
    void refusesNamesAndPasswordsThatAreTooLong() {
        assertThat(console.run("passwd", "ü".repeat(128), "secret")).isEqualTo(2);
        assertThat(console.err()).contains("user name of 256 octets is not 1..255 octets");
        assertThat(console.run("passwd", "alice", "ü".repeat(128))).isEqualTo(2);
        assertThat(console.err()).contains("password of 256 octets is outside 1..255 octets");
        assertThat(runWithInput("\n", "alice", "-")).isEqualTo(2);
        assertThat(console.err()).contains("password of 0 octets is outside 1..255 octets");
        assertThat(runWithInput("x".repeat(1025), "alice", "-")).isEqualTo(1);
        assertThat(console.err()).contains("standard input: the line is longer than 1024 octets");
    }

    @Test
    void putsAUserIntoAFileReplacesItAndKeepsTheOthers() throws IOException {
        Path file = directory.resolve("users.srp");

        assertThat(runWithInput("one", "alice", "-", "--add", file.toString())).isZero();
        assertThat(runWithInput("two", "bob", "-", "--add", file.toString())).isZero();
        assertThat(runWithInput("three", "alice", "-", "--add", file.toString())).isZero();

        String content = Files.readString(file);
        assertThat(console.out() + console.err()).isEmpty();
        assertThat(content.lines().map(line -> line.replaceAll(":.*:", "/")))
                .containsExactly("alice/0", "alice/1", "#decoys/1", "bob/0", "bob/1");
        assertOpens(content, "alice", "three");
        assertOpens(content, "bob", "two");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFileAndALinkToItStays() throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(directory).supportsFileAttributeView("posix"),
                "skipped: no modes here");
        Path file = Files.writeString(directory.resolve("users.srp"), "# users\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file.getFileName());

        assertThat(runWithInput("one", "alice", "-", "--add", link.toString())).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).startsWith("# users\nalice:");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void failsWithOneLineWhereFilesCannotBeUsed() {
        Path absent = directory.resolve("absent/users.srp");
        assertThat(console.run("passwd", "alice", "x", "--add", absent.toString())).isEqualTo(1);
        assertThat(console.err()).isEqualTo("rist passwd: " + absent + ": no such directory\n");

        var other = new ConsoleRecorder();
        assertThat(other.run("passwd", "alice", "x", "--add", directory.toString())).isEqualTo(1);
        assertThat(other.err()).isEqualTo("rist passwd: " + directory + ": not a file\n");

        var third = new ConsoleRecorder();
        assertThat(third.run("passwd", "alice", "--password-file", absent.toString())).isEqualTo(1);
        assertThat(third.err()).startsWith("rist passwd: " + absent);
        assertThat(third.err().lines().count()).isEqualTo(1);
    }

    @Test
    void refusesTwoPasswords() {
        assertThat(console.run("passwd", "alice", "x", "--password-file", "y")).isEqualTo(2);
        assertThat(console.err())
                .startsWith("rist passwd: PASSWORD and --password-file: only one of them can be\n");
    }
}
