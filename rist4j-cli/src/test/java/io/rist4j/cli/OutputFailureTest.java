package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rist4j.cli.ts.TsGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Inputs and outputs that fail or keep others waiting. */
@Timeout(60)
class OutputFailureTest {
    private static final int PACKETS = 7 * 200;
    private static final Path FULL = Path.of("/dev/full");

    @TempDir private Path directory;
    private final ConsoleRecorder sender = new ConsoleRecorder();
    private final ConsoleRecorder receiver = new ConsoleRecorder();
    private final int port = LocalPorts.freePair();

    private Path stream() throws IOException {
        Path in = directory.resolve("in.ts");
        ByteBuffer stream = ByteBuffer.allocate(PACKETS * 188);
        new TsGenerator(1, 8_000_000).write(stream, 0, PACKETS);
        Files.write(in, stream.array());
        return in;
    }

    private CompletableFuture<Integer> receive(String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "receive";
        words[1] = "-i";
        words[2] = "rist://@127.0.0.1:" + port + "?buffer=300";
        words[3] = "-x";
        System.arraycopy(more, 0, words, 4, more.length);
        return CompletableFuture.supplyAsync(() -> receiver.run(words));
    }

    private int send(Path in) {
        return sender.run(
                "send", "-i", in.toString(), "-o", "rist://127.0.0.1:" + port + "?buffer=300");
    }

    @Test
    void theOthersGoOnWhereOneOutputFails() throws Exception {
        assumeTrue(Files.exists(FULL));
        Path in = stream();
        Path out = directory.resolve("out.ts");
        // given one by one, as relay takes them
        CompletableFuture<Integer> receiving = receive("-o", FULL.toString(), "-o", out.toString());

        assertThat(send(in)).as(sender.err()).isZero();
        assertThat(receiving.get()).isEqualTo(1); // what was lost is told at the end, too
        assertThat(Files.mismatch(in, out)).isEqualTo(-1);
        assertThat(receiver.err())
                .contains("/dev/full: No space left on device; the other outputs go on")
                .contains("rist receive: /dev/full: No space left on device");
    }

    @Test
    void theFirstFailureIsTheEndWhereThatIsWanted() throws Exception {
        assumeTrue(Files.exists(FULL));
        Path in = stream();
        Path out = directory.resolve("out.ts");
        CompletableFuture<Integer> receiving =
                receive("-o", FULL + "," + out, "--output-failure", "stop");

        send(in);
        assertThat(receiving.get()).isEqualTo(1);
        assertThat(receiver.err())
                .contains("rist receive: /dev/full: No space left on device")
                .doesNotContain("go on");
    }

    @Test
    void itIsTheEndWhenNoOutputIsLeft() throws Exception {
        assumeTrue(Files.exists(FULL));
        Path in = stream();
        CompletableFuture<Integer> receiving = receive("-o", FULL.toString());

        send(in);
        assertThat(receiving.get()).isEqualTo(1);
        assertThat(receiver.err()).doesNotContain("go on");
    }

    @Test
    void aPipeThatNobodyReadsKeepsNeitherTheSessionNorTheEnd() throws Exception {
        Path pipe = pipe();
        CompletableFuture<Integer> receiving = receive("-o", pipe.toString());
        await(() -> receiver.err().contains("receiving rist://@127.0.0.1:" + port));

        receiver.stop().raise();
        assertThat(receiving.get()).isEqualTo(130);
        assertThat(receiver.err()).contains(pipe + " is a pipe; it waits for a reader");
    }

    @Test
    void aPipeThatNobodyWritesToDoesNotKeepTheSender() throws Exception {
        Path pipe = pipe();
        CompletableFuture<Integer> sending =
                CompletableFuture.supplyAsync(() ->
                        sender.run(
                                "send",
                                "-f",
                                "1",
                                "-i",
                                pipe.toString(),
                                "-o",
                                "rist://127.0.0.1:" + port));
        await(() -> sender.err().contains(pipe + " is a pipe; it waits for a writer"));

        sender.stop().raise();
        assertThat(sending.get()).isEqualTo(130);
    }

    @Test
    void aByteOrderMarkIsNoPartOfASecret() throws Exception {
        Path secret = directory.resolve("secret.txt");
        Files.write(secret, "\uFEFFabcdef\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (var in = Files.newInputStream(secret)) {
            assertThat(PasswordPrompt.firstLine("secret.txt", in))
                    .containsExactly("abcdef".toCharArray());
        }
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        return pipe;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}
