package io.rist4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rist4j.cli.ts.TsChecker;
import io.rist4j.net.contract.TooSlowHere;
import io.rist4j.testkit.impair.UdpImpairment;
import io.rist4j.testkit.link.LinkConfig;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** H.264 and AAC in a transport stream, from ffmpeg's test sources to ffmpeg's decoders. */
@ExtendWith(TooSlowHere.class)
final class RealMediaTest {
    private static final int MEDIA_SECONDS = 5;
    private static final String QUERY = "?buffer=1000";
    private static final Duration WITHIN = Duration.ofMinutes(2);

    @ParameterizedTest
    @ValueSource(strings = {"-p 0", "-p 1 -s correct-horse-battery -e 256"})
    @Timeout(600)
    void decodesWithoutOneErrorAfterTenPercentLoss(String profile, @TempDir Path folder)
            throws Exception {
        assumeTrue(Tools.missing("ffmpeg").isEmpty(), "ffmpeg is not installed: skipped");
        Path sent = folder.resolve("sent.ts");
        encode(sent);
        byte[] media = Files.readAllBytes(sent);
        assertThat(media.length).isGreaterThan(MEDIA_SECONDS * 3_000_000 / 8);

        Path output = folder.resolve("received.ts");
        carry(sent, output, List.of(profile.split(" ", -1)));

        byte[] received = Files.readAllBytes(output);
        assertThat(Arrays.mismatch(received, media))
                .as("%d of %d octets came; first that differs", received.length, media.length)
                .isEqualTo(-1);
        var checker = new TsChecker();
        checker.accept(ByteBuffer.wrap(received), 0, received.length);
        assertThat(checker.continuityErrors()).isZero();
        assertThat(ffmpeg("-v", "error", "-i", output.toString(), "-f", "null", "-")).isEmpty();
    }

    private static void encode(Path to) throws IOException, InterruptedException {
        String seconds = Integer.toString(MEDIA_SECONDS);
        String words =
                "-v error -f lavfi -i testsrc2=size=1280x720:rate=25 -f lavfi -i"
                        + " sine=frequency=440:sample_rate=48000 -t SECONDS -c:v libx264 -preset"
                        + " ultrafast -g 25 -b:v 4M -maxrate 4M -bufsize 1M -c:a aac -b:a 128k -f"
                        + " mpegts";
        var command = new ArrayList<>(List.of(words.replace("SECONDS", seconds).split(" ", -1)));
        command.add(to.toString());
        assertThat(ffmpeg(command.toArray(String[]::new))).isEmpty();
    }

    /** From file to file by the command line, with 10 % loss in each direction. */
    private static void carry(Path media, Path received, List<String> profile) throws Exception {
        int port = Ports.evenPair();
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        LinkConfig link = LinkConfig.clean().delay(Duration.ofMillis(10)).loss(0.10);
        String listen = "rist://@127.0.0.1:" + port + QUERY;
        try (UdpImpairment network =
                        UdpImpairment.to(target)
                                .bothWays(link)
                                .seed(1)
                                .atMost(Duration.ofMinutes(5))
                                .start();
                var receiver =
                        rist(profile, "receive", "-x", "-i", listen, "-o", received.toString())) {
            Ports.awaitBound(port, receiver, Duration.ofSeconds(90));
            String dial = "rist://127.0.0.1:" + network.localAddress().getPort() + QUERY;
            // the beginning is not sent before somebody is there to take it
            String[] sending = {"send", "-i", media.toString(), "-o", dial, "--wait", "60"};
            try (var sender = rist(profile, sending)) {
                assertThat(sender.awaitExit(WITHIN)).as("%s", sender).isZero();
            }
            assertThat(receiver.awaitExit(WITHIN)).as("%s", receiver).isZero();
            assertThat(network.stats().forward().link().lost()).isPositive();
        }
    }

    private static ToolProcess rist(List<String> profile, String... arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.rist4j.cli.Rist"));
        command.addAll(List.of(arguments));
        command.addAll(profile);
        return new ToolProcess(command, null);
    }

    /** Runs it to its end; returns what it printed. */
    private static String ffmpeg(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            process.destroy();
        }
    }
}
