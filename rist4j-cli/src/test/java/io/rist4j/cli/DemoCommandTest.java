package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@ExtendWith(TooSlowHere.class)
class DemoCommandTest {
    private final ConsoleRecorder console = new ConsoleRecorder();

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void bringsEveryByteThroughABadNetwork(String network) {
        int code =
                console.run(
                        "demo", "--seconds", "1.5", "-b", "1000", "--json", "--network", network);

        assertThat(code).as(console.err()).isZero();
        assertThat(console.out())
                .startsWith("{\"ok\":true")
                .contains("\"stream_errors_out\":0", "\"lost\":0")
                .doesNotContain("\"network_loss_there\":0.00000");
        assertThat(console.err())
                .contains("1 of 1.5 s: ")
                .contains("Every byte came out: 1 140 of 1 140 packets");
    }

    @Test
    void playsInTheMainProfileUnderASecret() {
        int code =
                console.run(
                        "demo",
                        "--seconds",
                        "1",
                        "-b",
                        "1000",
                        "--json",
                        "-p",
                        "main",
                        "-s",
                        "correct-horse");

        assertThat(code).as(console.err()).isZero();
        assertThat(console.out()).startsWith("{\"ok\":true").contains("\"lost\":0");
    }

    @Test
    void refusesASecretThatTheProfileCannotUse() {
        assertThat(console.run("demo", "-s", "correct-horse")).isEqualTo(2);
        assertThat(console.err()).contains("-s, --secret needs -p main");
        assertThat(console.run("demo", "-p", "3")).isEqualTo(2);
    }

    @Test
    void answers4WhenDataWasLost() {
        // A receiver that has no time to ask again.
        int code =
                console.run(
                        "demo",
                        "--seconds",
                        "0.5",
                        "-b",
                        "50",
                        "--delay",
                        "60",
                        "--loss",
                        "20",
                        "--json",
                        "-q");

        assertThat(code).isEqualTo(4);
        assertThat(console.out()).startsWith("{\"ok\":false");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void drawsItsViewOnATerminal() {
        assertThat(console.runOnTerminal("demo", "--seconds", "0.8", "-b", "1000")).isZero();
        assertThat(console.err())
                .contains("bad network", "loss seen", "recovered", "\u001b[")
                .contains("Every byte came out");
    }

    @Test
    void endsEarlyButCleanlyWhenInterrupted() throws Exception {
        var running =
                CompletableFuture.supplyAsync(
                        () -> console.run("demo", "--seconds", "60", "-b", "200"));
        while (!running.isDone() && !console.err().contains("1 of 60 s")) {
            LockSupport.parkNanos(1_000_000);
        }
        console.stop().raise();

        assertThat(running.get(20, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(console.err()).contains("waiting for the last packets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    demo --seconds 0         | rist demo: --seconds 0 is outside 0.1..86400 s
                    demo --bitrate 8         | rist demo: --bitrate 8 is outside 500k..1000M; write for example 8M for 8 Mb/s
                    demo -b 10               | rist demo: -b, --buffer 10 ms is outside 50..30000 ms
                    demo --loss 10,20,30     | rist demo: --loss 10,20,30 has more than two values
                    demo --network token | rist demo: --network token: port provider token does not work here; usable:
                    """)
    void refusesWrongUse(String command, String firstLine) {
        assertThat(console.run(command.split(" "))).isEqualTo(2);
        assertThat(console.err()).startsWith(firstLine);
    }
}
