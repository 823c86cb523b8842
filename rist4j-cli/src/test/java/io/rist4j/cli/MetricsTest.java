package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import static java.util.Objects.requireNonNull;

import io.rist4j.RistBlock;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistSender;
import io.rist4j.cli.metrics.Scrape;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What commands tell Prometheus, with streams over UDP on loopback. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class MetricsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConsoleRecorder console = new ConsoleRecorder();
    private final RistPump pump = RistPump.start();
    private final String in = "127.0.0.1:" + LocalPorts.freePair();
    private final String out = "127.0.0.1:" + LocalPorts.freePair();
    private int port;
    private CompletableFuture<Integer> running = CompletableFuture.completedFuture(0);

    @BeforeEach
    void choosePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        console.stop().raise();
        int _ = running.get(60, TimeUnit.SECONDS);
        pump.close();
    }

    /** A relay between a sender and a receiver, and what it tells once something went through. */
    private String relay(String options, Predicate<String> complete) throws Exception {
        start(
                "relay -i rist://@"
                        + in
                        + "?buffer=100 -o rist://"
                        + out
                        + "?buffer=100 --metrics :"
                        + port
                        + options);
        try (RistReceiver rx =
                        RistReceiver.builder()
                                .path("rist://@" + out + "?profile=main&buffer=100")
                                .pump(pump)
                                .open();
                RistSender tx =
                        RistSender.builder()
                                .path("rist://" + in + "?buffer=100&cname=a%22b")
                                .pump(pump)
                                .open()) {
            tx.awaitConnected(PATIENCE);
            rx.awaitConnected(PATIENCE);
            String text = "";
            long untilNs = System.nanoTime() + PATIENCE.toNanos();
            while (!complete.test(text)) {
                assertThat(System.nanoTime()).as("%s", text).isLessThan(untilNs);
                tx.send(ByteBuffer.wrap(new byte[1316]));
                LockSupport.parkNanos(5_000_000);
                text = scrape();
            }
            RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
            assertThat(block.payloadBytes()).isEqualTo(1316);
            return text;
        }
    }

    private void start(String words) {
        running = CompletableFuture.supplyAsync(() -> console.run(words.split(" ", -1)));
    }

    private String scrape() throws IOException {
        try {
            return Scrape.of(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            "GET",
                            "/metrics")
                    .text();
        } catch (ConnectException notYet) {
            return "";
        }
    }

    private static Predicate<String> above0(String... samples) {
        return text ->
                List.of(samples).stream()
                        .allMatch(sample ->
                                text.lines()
                                        .anyMatch(line ->
                                                line.matches(sample) && !line.endsWith(" 0")));
    }

    @Test
    void aRelayTellsOfItsInputItsOutputsTheirPathsAndItsThread() throws Exception {
        String text =
                relay(
                        "",
                        above0(
                                "rist_receiver_delivered_packets_total\\{flow=\"0x[0-9a-f]{8}\",session=\"in\"} .*",
                                "rist_sender_sent_packets_total\\{flow=\"0x[0-9a-f]{8}\",session=\"out1\"} .*",
                                "rist_path_received_packets_total\\{path=\"0\",peer=\"127.0.0.1:\\d+\",session=\"in\"} .*",
                                "rist_path_rtt_smoothed_seconds\\{path=\"0\",peer=\"127.0.0.1:\\d+\",session=\"out1\"} .*",
                                "rist_sender_connected\\{.*session=\"out1\"} 1",
                                "rist_session_socket_sent_datagrams_total\\{session=\"in\"} .*",
                                "rist_pump_busy_seconds_total\\{thread=\"rist-pump\"} .*"));

        assertThat(text)
                .contains(
                        "rist_session_refused_datagrams_total{reason=\"replayed\",session=\"out1\"} 0\n")
                .startsWith("# HELP rist_info ");
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE")))
                .hasSizeGreaterThan(90)
                .doesNotHaveDuplicates();
        assertThat(text.lines().map(line -> line.substring(0, line.lastIndexOf(' '))))
                .as("no sample twice")
                .doesNotHaveDuplicates();
        assertThat(console.err()).contains("metrics at http://127.0.0.1:" + port + "/metrics");
    }

    @Test
    void promtoolFindsNothingToMend() throws Exception {
        Promtool promtool = promtool();

        String text = relay("", above0("rist_path_received_packets_total.*"));

        assertThat(promtool.check(text)).isEmpty();
    }

    /** Its names and units are not by the rules; but it can be read. */
    @Test
    void promtoolReadsTheNamesOfLibrist() throws Exception {
        Promtool promtool = promtool();

        String text = relay(" --metrics-compat librist", above0("rist_sender_peer_sent_packets.*"));

        assertThat(promtool.check(text)).doesNotContain("error while linting", "parse");
    }

    @Test
    void hasTheNamesOfLibristWhereAsked() throws Exception {
        String text =
                relay(
                        " --metrics-compat librist",
                        above0(
                                "rist_client_flow_received_packets_total\\{flow_id=\"\\d+\",receiver_id=\"in\"} .*",
                                "rist_sender_peer_sent_packets\\{peer_id=\"1\",peer_url=\"rist://.*\",cname=\".*\",sender_id=\"out1\"} .*"));

        assertThat(text).contains("rist_client_flow_quality{", "rist_sender_peer_rtt_seconds{");
        assertThat(text).doesNotContain("rist_path_", "rist_receiver_");
    }

    @Test
    void endsWhereThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            start("receive -i rist://@" + in + " -o udp://127.0.0.1:9 --metrics :" + port);

            assertThat(running.get()).isEqualTo(ExitCode.FAILED);
            assertThat(taken.isClosed()).isFalse();
        }
        assertThat(console.err()).contains("rist receive: --metrics 127.0.0.1:" + port + ": ");
    }

    @Test
    void saysHowAnAddressIsWritten() throws Exception {
        start("receive -i rist://@" + in + " -o udp://127.0.0.1:9 --metrics 9100");

        assertThat(running.get()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--metrics 9100: port missing, write HOST:PORT");
    }

    private static Promtool promtool() {
        return Promtool.find()
                .orElseGet(() -> abort("promtool is not installed (Debian: prometheus)"));
    }

    /** Prometheus' own opinion of metrics. */
    private record Promtool(String command) {
        static java.util.Optional<Promtool> find() {
            try {
                Process asked =
                        new ProcessBuilder("promtool", "--version")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                return asked.waitFor() == 0
                        ? java.util.Optional.of(new Promtool("promtool"))
                        : java.util.Optional.empty();
            } catch (IOException absent) {
                return java.util.Optional.empty();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        /** What it complains about. */
        String check(String text) throws IOException {
            Process checking =
                    new ProcessBuilder(command, "check", "metrics")
                            .redirectErrorStream(true)
                            .start();
            try (var to = checking.getOutputStream()) {
                to.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return new String(checking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
