package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.rist4j.RistBlock;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistSender;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A relay in this process between handles of the library, over UDP on loopback. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class RelayCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PACKETS = 100;
    private static final long APART_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ConsoleRecorder relay = new ConsoleRecorder();
    private final int in = LocalPorts.freePair();
    private final RistPump pump = RistPump.start();

    @AfterEach
    void stop() {
        pump.close();
    }

    @Test
    void receivesSimpleOnceAndSendsMainToTwoReceiversWhileAThirdIsDead() throws Exception {
        String first = at(LocalPorts.freePair());
        String second = at(LocalPorts.freePair());
        String dead = at(LocalPorts.freePair());
        CompletableFuture<Integer> running =
                start(
                        "relay -S 100 -s correct-horse-battery -e 2 -i 127.0.0.1:"
                                + in
                                + "?buffer=200 -o rist://"
                                + dead
                                + " -o "
                                + first
                                + "?buffer=200 -o rist://"
                                + second
                                + "?buffer=200&flow-id=4242");
        try (RistReceiver one = receiver(first, "");
                RistReceiver two = receiver(second, "&aes-type=128");
                RistSender tx = dial("?buffer=200")) {
            one.awaitConnected(PATIENCE);
            two.awaitConnected(PATIENCE);
            tx.awaitConnected(PATIENCE);
            feed(tx);

            List<RistBlock> atOne = take(one);
            List<RistBlock> atTwo = take(two);
            for (List<RistBlock> got : List.of(atOne, atTwo)) {
                for (int i = 0; i < PACKETS; i++) {
                    assertThat(got.get(i).payload()).isEqualTo(payload(i));
                }
                assertSpacing(got);
            }
            assertThat(atTwo.get(0).flowId()).isEqualTo(4242);
            assertThat(relay.err())
                    .contains("receiver 2 127.0.0.1:", "receiver 3 127.0.0.1:")
                    .doesNotContain("receiver 1 127.0.0.1:", "horse");
            while (!relay.err().contains("receiver-stats")
                    || !relay.err().contains("sender-stats")) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        relay.stop().raise();
        assertThat(running.get()).as(relay.err()).isEqualTo(130);
    }

    /** Whatever the relay's thread did meanwhile. */
    private static void assertSpacing(List<RistBlock> blocks) {
        for (int i = 1; i < blocks.size(); i++) {
            Duration apart = blocks.get(i).mediaTime().minus(blocks.get(i - 1).mediaTime());
            assertThat(apart)
                    .isBetween(
                            Duration.ofNanos(APART_NS - 500_000),
                            Duration.ofNanos(APART_NS + 500_000));
        }
    }

    @Test
    void endsWithTheSenderAndServesReceiversThatDialIn() throws Exception {
        String out = at(LocalPorts.freePair());
        CompletableFuture<Integer> running =
                start(
                        "relay -x --input rist://@127.0.0.1:"
                                + in
                                + "?buffer=200&secret=one-secret -o rist://@"
                                + out
                                + "?buffer=200");
        try (RistReceiver rx = RistReceiver.dial("rist://" + out + "?profile=main&buffer=200")) {
            rx.awaitConnected(PATIENCE);
            try (RistSender tx = dial("?profile=main&buffer=200&secret=one-secret")) {
                tx.awaitConnected(PATIENCE);
                feed(tx);
            }
            assertThat(take(rx)).hasSize(PACKETS);
        }
        assertThat(running.get()).as(relay.err()).isZero();
        assertThat(relay.err()).contains("sender", "said goodbye").doesNotContain("one-secret");
    }

    /** Both its links are kept by users alone, and nothing of either goes in clear. */
    @Test
    void relaysBetweenUsersOnBothSides() throws Exception {
        String out = at(LocalPorts.freePair());
        String settings = "?profile=main&buffer=200&require-encryption=1";
        String joe = settings + "&username=joe&password=pa55word";
        String ann = settings + "&username=ann&password=pa55word";
        CompletableFuture<Integer> running =
                start("relay -x -i rist://@127.0.0.1:" + in + joe + " -o rist://" + out + ann);
        try (RistReceiver rx = RistReceiver.listen("rist://@" + out + ann)) {
            try (RistSender tx = dial(joe)) {
                tx.awaitConnected(PATIENCE);
                rx.awaitConnected(PATIENCE);
                feed(tx);
            }
            assertThat(take(rx)).hasSize(PACKETS);
        }
        assertThat(running.get()).as(relay.err()).isZero();
        assertThat(relay.err())
                .contains("authenticated as joe")
                .doesNotContain("in clear", "pa55word");
    }

    @Test
    void givesUpWaitingForASender() {
        assertThat(run("relay --wait 0.05 -i 127.0.0.1:" + in + " -o " + at(LocalPorts.freePair())))
                .isEqualTo(3);
        assertThat(relay.err()).contains("rist relay: no sender came to 127.0.0.1:" + in);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    relay -o h:1                                       | rist relay: -i, --inurl is missing
                    relay -i :2                                        | rist relay: -o, --outurl is missing
                    relay -i :3 -o h:4                                 | rist relay: -i, --inurl: port 3
                    relay -i :2 -o udp://h:4                           | rist relay: -o, --outurl: a rist URL begins with rist://
                    relay -i :2 -o h:4 -e 3                            | rist relay: -e, --encryption-type 3 is none of 0, 1, 2, 128, 256
                    relay -i :2 -o h:4 -F users                        | rist relay: -F, --srpfile acts where a URL listens
                    relay -i :2 -o h:4?profile=0 -s hidden             | rist relay: -s, --secret needs the main profile
                    relay -i :2 -o h:4?buffer=x&secret=hidden          | rist relay: -o, --outurl: buffer
                    relay -i :2 --input rist://@:4 -o 127.0.0.1:6      | rist relay: profile main of 0.0.0.0:4 is not the simple of 0.0.0.0:2
                    relay -i :2 -o h:4 --input-secret-file x           | rist relay: --input-secret-file needs the main profile
                    """)
    void refusesWithOneLine(String command, String begins) {
        assertThat(run(command)).as(relay.err()).isEqualTo(2);
        assertThat(relay.err().lines().filter(line -> line.startsWith("rist relay: ")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(begins).doesNotContain("hidden"));
    }

    private RistSender dial(String query) throws Exception {
        return RistSender.builder().path("rist://" + at(in) + query).pump(pump).open();
    }

    private static RistReceiver receiver(String address, String more) throws Exception {
        return RistReceiver.listen(
                "rist://@"
                        + address
                        + "?profile=main&buffer=200&secret=correct-horse-battery"
                        + more);
    }

    /** With media times exactly apart, whenever this thread gets its turn. */
    private void feed(RistSender tx) throws Exception {
        long startNs = pump.nowNs();
        for (int i = 0; i < PACKETS; i++) {
            long dueNs = startNs + i * APART_NS;
            while (pump.nowNs() < dueNs) {
                LockSupport.parkNanos(APART_NS / 10);
            }
            tx.send(payload(i), 0, 100 + i, dueNs);
        }
    }

    /** Of a length of its own, so that its boundaries show. */
    private static ByteBuffer payload(int i) {
        return ByteBuffer.allocate(100 + i).putInt(0, i);
    }

    private static List<RistBlock> take(RistReceiver rx) throws Exception {
        var blocks = new ArrayList<RistBlock>();
        while (blocks.size() < PACKETS) {
            blocks.add(requireNonNull(rx.receiveBlock(PATIENCE)));
        }
        return blocks;
    }

    private static String at(int port) {
        return "127.0.0.1:" + port;
    }

    private CompletableFuture<Integer> start(String command) {
        return CompletableFuture.supplyAsync(() -> run(command));
    }

    private int run(String command) {
        return relay.run(command.split(" ", -1));
    }
}
