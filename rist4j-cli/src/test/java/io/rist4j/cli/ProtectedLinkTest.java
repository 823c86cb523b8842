package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.RistProfile;
import io.rist4j.cli.ts.TsGenerator;
import io.rist4j.net.contract.TooSlowHere;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Both commands on the Main profile, under secrets and with users. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class ProtectedLinkTest {
    private static final int PACKETS = 7 * 300;
    private static final String SECRET = "correct-horse-battery";

    @TempDir private Path directory;
    private final ConsoleRecorder sender = new ConsoleRecorder();
    private final ConsoleRecorder receiver = new ConsoleRecorder();
    private final int port = LocalPorts.freePair() + 1; // one port, and an odd one will do
    private Path in;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        in = directory.resolve("in.ts");
        out = directory.resolve("out.ts");
        ByteBuffer stream = ByteBuffer.allocate(PACKETS * 188);
        new TsGenerator(1, 8_000_000).write(stream, 0, PACKETS);
        Files.write(in, stream.array());
        Files.writeString(directory.resolve("secret"), SECRET + "\n");
        Files.writeString(directory.resolve("password"), "pa55word\nnot this line\n");
        new ConsoleRecorder()
                .run("passwd", "ann", "pa55word", "--add", directory.resolve("users").toString());
    }

    /** Options of the sender, what its URL says, options of the receiver, what its URL says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    -                                            | -                                 | -                        | -
                    -s correct-horse-battery                     | -                                 | -s correct-horse-battery | -
                    -s correct-horse-battery -e 256              | -                                 | --secret-file DIR/secret | -
                    -s another                                   | secret=correct-horse-battery      | --secret-file DIR/secret | -
                    --secret-file DIR/secret                     | key-rotation=20                   | -s another               | secret=correct-horse-battery&aes-type=128
                    --username ann --password-file DIR/password  | -                                 | -F DIR/users             | -
                    -                                            | username=ann&password=pa55word    | -F DIR/users             | -
                    -s correct-horse-battery                     | username=ann&password=pa55word    | --secret-file DIR/secret | username=ann&password=pa55word
                    -n                                           | virt-dst-port=2000                | -p main                  | -
                    """)
    void carryAFileByteForByte(
            @Nullable String sending,
            @Nullable String to,
            @Nullable String receiving,
            @Nullable String from)
            throws Exception {
        CompletableFuture<Integer> received =
                start(receiver, "receive -x -i " + url("@", from) + " -o " + out, receiving);
        int sent = run(sender, "send -i " + in + " -o " + url("", to), sending);

        assertThat(sent).as(sender.err()).isZero();
        assertThat(received.get()).as(receiver.err()).isZero();
        assertThat(Files.mismatch(in, out)).isEqualTo(-1);
        assertThat(sender.err() + receiver.err()).doesNotContain("horse", "pa55", "another");
    }

    @Test
    void aWrongPasswordEndsTheSenderWith3() throws Exception {
        CompletableFuture<Integer> receiving =
                start(receiver, "receive -i " + url("@", null) + " -o " + out, "-F DIR/users");
        int sent =
                run(
                        sender,
                        "send -i " + in + " -o " + url("", "username=ann&password=secret-guess"),
                        null);

        assertThat(sent).as(sender.err()).isEqualTo(3);
        assertThat(sender.err().lines())
                .last()
                .isEqualTo(
                        "rist send: authentication with 127.0.0.1:"
                                + port
                                + " failed: wrong user or password");
        assertThat(sender.err()).doesNotContain("guess");
        receiver.stop().raise();
        assertThat(receiving.get()).isEqualTo(130);
        assertThat(receiver.err()).contains("failed: wrong user or password");
    }

    /** What one end says about the other's secret. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    -s one-secret | -s other-secret | encrypts under a secret that is not ours
                    -s one-secret | -               | encrypts, and we have no secret
                    -             | -s other-secret | does not encrypt, and we have a secret
                    """)
    void secretsThatDifferAreToldInOneLine(
            @Nullable String sending, @Nullable String receiving, String told) throws Exception {
        CompletableFuture<Integer> received =
                start(receiver, "receive -i " + url("@", null) + " -o " + out, receiving);
        CompletableFuture<Integer> sent =
                start(sender, "send -f 1 --loop -i " + in + " -o " + url("", null), sending);
        while (!receiver.err().contains(told)) {
            assertThat(received).as(receiver.err()).isNotDone();
            LockSupport.parkNanos(1_000_000);
        }
        sender.stop().raise();
        receiver.stop().raise();

        assertThat(sent.get()).isEqualTo(130);
        assertThat(received.get()).isEqualTo(130);
        assertThat(sender.err() + receiver.err()).doesNotContain("one-secret", "other-secret");
    }

    @Test
    void messagesAboutWrongUrlsHoldNoSecret() {
        run(sender, "send -i rist://h:2?secret=hidden -o rist://h:4", null);
        run(sender, "send -i - -o rist://h:2?secret=hidden&buffer=x", null);
        run(sender, "send -i - -o udp://h:2?secret=hidden", null);
        run(
                receiver,
                "receive -i rist://@:2?username=a&password=hidden -o rtp://h?password=hidden",
                null);
        run(sender, "send -i none.ts -o rist://h:2?username=hidden", null);

        assertThat(sender.err().lines().filter(line -> line.startsWith("rist send: "))).hasSize(4);
        assertThat(sender.err() + receiver.err()).doesNotContain("hidden");
    }

    @Test
    void filesOfSecretsThatAreNotThereAreNamed() {
        assertThat(run(sender, "send -i - -o rist://h:2", "--secret-file DIR/none")).isEqualTo(1);
        assertThat(sender.err()).contains(directory.resolve("none").toString());
        assertThat(run(receiver, "receive -i rist://@:2 -o -", "-F DIR/none")).isEqualTo(1);
        assertThat(receiver.err()).endsWith(directory.resolve("none") + ": no such file\n");
    }

    @Test
    void aPeerThatDoesNotComeIsHintedAt() {
        var main = new PeerHint("a sender", RistProfile.MAIN, PeerHint.Choice.URL);
        assertThat(main.text(false))
                .startsWith("nothing arrives from a sender yet on the Main profile")
                .contains(
                        "does it speak Simple (profile=0 in the URL here), has it another secret or"
                                + " other users, and do");
        var simple = new PeerHint("a receiver", RistProfile.SIMPLE, PeerHint.Choice.OPTION);
        assertThat(simple.text(true))
                .isEqualTo(
                        "what arrives is not understood as Simple; a receiver that speaks Main needs"
                                + " -p 1 here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receive -p 1 -i rist://@PLACE -o DIR/out.ts",
                "receive -i rist://@PLACE -o udp://127.0.0.1:9?stream-id=2",
                "relay --input rist://@PLACE -o rist://127.0.0.1:9"
            })
    void aPeerOfAnotherProfileIsTold(String command) {
        assertThat(receiveNothing(command, port - 1, "-p 0"))
                .contains("what arrives is not understood as Main; a sender that speaks Simple");
    }

    @Test
    void anotherSecretIsToldInsteadOfAnotherProfile() {
        String command = "receive -s theirs -i rist://@PLACE -o DIR/out.ts";
        assertThat(receiveNothing(command, port, "-s ours"))
                .contains("a secret that is not ours")
                .doesNotContain("not understood", "nothing arrives");
    }

    @Test
    void usersOfWhomOneEndKnowsNothingAreToldInsteadOfAnotherProfile() {
        CompletableFuture<Integer> received =
                start(receiver, "receive -i " + url("@", null) + " -o " + out, "-F DIR/users");
        String nothing = "send -f 1 --loop -i " + in + " -o " + url("", null);
        CompletableFuture<Integer> sent = start(sender, nothing, null);
        while (!receiver.err().contains("takes no part in it, for it may have no user")
                || !sender.err().contains("wants a user to be proved, and there is none here")) {
            assertThat(received).as(receiver.err()).isNotDone();
            LockSupport.parkNanos(1_000_000);
        }
        sender.stop().raise();
        receiver.stop().raise();

        assertThat(sent.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(received.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(sender.err() + receiver.err()).doesNotContain("not understood");
    }

    /** What a receiver says when it gives up, while a sender sends. */
    private String receiveNothing(String command, int at, String sending) {
        String place = "127.0.0.1:" + at;
        CompletableFuture<Integer> sent =
                start(sender, "send -f 1 --loop -i DIR/in.ts -o rist://" + place, sending);
        int code = run(receiver, command.replace("PLACE", place), "--wait 1.5");
        sender.stop().raise();

        assertThat(code).as(receiver.err()).isEqualTo(ExitCode.NO_PEER);
        assertThat(sent.join()).isEqualTo(ExitCode.INTERRUPTED);
        return receiver.err().lines().reduce("", (before, line) -> line); // what it ends with
    }

    private String url(String at, @Nullable String more) {
        return "rist://"
                + at
                + "127.0.0.1:"
                + port
                + "?buffer=300"
                + (more == null ? "" : "&" + more);
    }

    private int run(ConsoleRecorder console, String command, @Nullable String options) {
        String all = options == null ? command : command + " " + options;
        return console.run(all.replace("DIR", directory.toString()).split(" ", -1));
    }

    private CompletableFuture<Integer> start(
            ConsoleRecorder console, String command, @Nullable String options) {
        return CompletableFuture.supplyAsync(() -> run(console, command, options));
    }
}
