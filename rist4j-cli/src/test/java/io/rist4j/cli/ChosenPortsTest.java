package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.cli.ts.TsGenerator;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Port 0: the system chooses, and every command says which port it was. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class ChosenPortsTest {
    private static final String RIST = "rist://@127.0.0.1:0";
    private static final int PACKETS = 7 * 100;

    private final ConsoleRecorder console = new ConsoleRecorder();

    @ParameterizedTest
    @ValueSource(strings = {"main", "simple"})
    void aReceiverIsReachedAtThePortThatItTells(String profile, @TempDir Path folder)
            throws Exception {
        Path in = folder.resolve("in.ts");
        Path out = folder.resolve("out.ts");
        ByteBuffer stream = ByteBuffer.allocate(PACKETS * 188);
        new TsGenerator(1, 8_000_000).write(stream, 0, PACKETS);
        Files.write(in, stream.array());
        String more = "?buffer=200&profile=" + profile;
        CompletableFuture<Integer> receiving =
                start(console, "receive -x -i " + RIST + more + " -o " + out);

        int port = awaitPort(RIST);
        var sender = new ConsoleRecorder();
        int sent = run(sender, "send -i " + in + " -o rist://127.0.0.1:" + port + more);

        assertThat(sent).as(sender.err()).isZero();
        assertThat(receiving.get()).as(console.err()).isZero();
        assertThat(Files.mismatch(in, out)).isEqualTo(-1);
    }

    @Test
    void aSenderTellsThoseOfInputAndOutput() throws Exception {
        CompletableFuture<Integer> running =
                start(console, "send -i udp://127.0.0.1:0 -o " + RIST + "?secret=hidden");

        assertIsTaken(awaitPort("udp://127.0.0.1:0"));
        assertIsTaken(awaitPort(RIST));

        console.stop().raise();
        assertThat(running.get()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(console.err()).doesNotContain("hidden");
    }

    @Test
    void aRelayTellsThoseOfInputAndOutputs() throws Exception {
        CompletableFuture<Integer> running =
                start(console, "relay -i 127.0.0.1:0 -o rist://@[::1]:0 -o rist://127.0.0.1:9");

        assertIsTaken(awaitPort(RIST));
        awaitPort("rist://@[::1]:0");

        console.stop().raise();
        assertThat(running.get()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(console.err().lines().filter(line -> line.contains("listens on"))).hasSize(2);
    }

    @Test
    void aBadNetworkTellsItsFirst() throws Exception {
        CompletableFuture<Integer> running = start(console, "impair -i 127.0.0.1:0 -o :9");

        assertIsTaken(awaitPort("127.0.0.1:0"));

        console.stop().raise();
        assertThat(running.get()).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void aGroupHasNone() {
        int code = run(console, "send -i udp://@239.255.1.1:0 -o rist://127.0.0.1:9");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("port 0 of a multicast group is none that others know");
    }

    private static void assertIsTaken(int port) {
        assertThatThrownBy(() -> new DatagramSocket(port, InetAddress.getLoopbackAddress()))
                .isInstanceOf(BindException.class);
    }

    private int awaitPort(String given) {
        Pattern told = Pattern.compile(Pattern.quote(" " + given) + " listens on .*:(\\d+)\n");
        Matcher found = told.matcher(console.err());
        while (!found.find()) {
            LockSupport.parkNanos(1_000_000);
            found = told.matcher(console.err());
        }
        return Integer.parseInt(found.group(1));
    }

    private static int run(ConsoleRecorder console, String command) {
        return console.run(command.split(" ", -1));
    }

    private static CompletableFuture<Integer> start(ConsoleRecorder console, String command) {
        return CompletableFuture.supplyAsync(() -> run(console, command));
    }
}
