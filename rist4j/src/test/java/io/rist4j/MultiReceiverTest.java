package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Many flows on one port, over real sockets. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class MultiReceiverTest {
    private static final int PACKETS = 100;

    /** Start repair brings so many back when a burst overtakes the report that names its flow. */
    private static final int FEW = 30;

    private static final String MAIN = "?profile=main&buffer=200";

    private static ByteBuffer number(int i) {
        return ByteBuffer.allocate(188).putInt(0, i);
    }

    private static void send(RistSender tx, int first, int packets) throws Exception {
        tx.awaitConnected(PATIENCE);
        for (int i = first; i < first + packets; i++) {
            tx.send(number(i));
        }
    }

    private static void receive(RistFlow flow, int first, int packets) throws Exception {
        ByteBuffer packet = ByteBuffer.allocate(RistReceiver.MAX_PAYLOAD_BYTES);
        for (int i = first; i < first + packets; i++) {
            assertThat(flow.receive(packet.clear(), PATIENCE)).isEqualTo(188);
            assertThat(packet.getInt(0)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?buffer=200",
                MAIN,
                MAIN + "&secret=correct-horse-battery",
                MAIN + "&username=joe&password=pa55word&require-encryption=1",
                MAIN + "&username=joe&password=pa55word&secret=correct-horse-battery"
            })
    void handsOutEverySendersFlow(String settings) throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + settings;
        try (RistMultiReceiver rx = RistMultiReceiver.listen("rist://@" + port);
                RistSender a = RistSender.dial("rist://" + port + "&cname=a&flow-id=1000");
                RistSender b = RistSender.dial("rist://" + port + "&cname=b&flow-id=2000");
                RistSender c = RistSender.dial("rist://" + port + "&cname=c&flow-id=3000")) {
            send(a, 1_000, PACKETS);
            send(b, 2_000, PACKETS);
            send(c, 3_000, PACKETS);
            Map<Integer, RistFlow> flows = new HashMap<>();
            for (int i = 0; i < 3; i++) {
                RistFlow flow = requireNonNull(rx.accept(PATIENCE));
                flows.put(flow.flowId(), flow);
            }
            assertThat(flows).containsOnlyKeys(1_000, 2_000, 3_000);
            for (RistFlow flow : flows.values()) {
                receive(flow, flow.flowId(), PACKETS);
                RistFlowIdentity identity = flow.identity();
                assertThat(identity.peer().getAddress().isLoopbackAddress()).isTrue();
                assertThat(identity.user()).isEqualTo(settings.contains("joe") ? "joe" : "");
                int ports = settings.contains("main") ? 1_968 : 0;
                assertThat(identity.virtualDestinationPort()).isEqualTo(ports);
                RistReceiverStats stats = flow.stats();
                assertThat(stats.flowId()).isEqualTo(flow.flowId());
                assertThat(stats.deliveredPackets()).isEqualTo(PACKETS);
                assertThat(stats.connected()).isTrue();
                assertThat(stats.paths()).hasSize(1);
            }
            assertThat(flows.values().stream().map(f -> f.identity().cname()))
                    .containsExactlyInAnyOrder("a", "b", "c");
            assertThat(rx.flows()).containsExactlyInAnyOrderElementsOf(flows.values());
            assertThat(rx.pathStats()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?buffer=200", MAIN})
    void takesBondedFlowsAsOneEach(String settings) throws Exception {
        String first = "127.0.0.1:" + FreePorts.evenPort() + settings;
        String second = "127.0.0.1:" + FreePorts.evenPort() + settings;
        try (RistMultiReceiver rx =
                        RistMultiReceiver.listen("rist://@" + first, "rist://@" + second);
                RistSender twice = RistSender.dial("rist://" + first, "rist://" + second);
                RistSender once = RistSender.dial("rist://" + second)) {
            send(twice, 0, PACKETS);
            send(once, 0, PACKETS);
            RistFlow one = requireNonNull(rx.accept(PATIENCE));
            RistFlow other = requireNonNull(rx.accept(PATIENCE));
            receive(one, 0, PACKETS);
            receive(other, 0, PACKETS);
            assertThat(List.of(one.stats().paths().size(), other.stats().paths().size()))
                    .containsExactlyInAnyOrder(1, 2);
            assertThat(rx.accept(Duration.ofMillis(50))).isNull();
        }
    }

    @Test
    void handsFlowsToAListenerAndPacketsToTheirHandlers() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        var got = new ConcurrentHashMap<String, List<Integer>>();
        try (RistMultiReceiver rx =
                        RistMultiReceiver.builder()
                                .path("rist://@" + port)
                                .onFlow(flow -> {
                                    var numbers = new CopyOnWriteArrayList<Integer>();
                                    got.put(flow.identity().cname(), numbers);
                                    flow.onBlock(block ->
                                            numbers.add(block.toBlock().payload().getInt(0)));
                                })
                                .open();
                RistSender a = RistSender.dial("rist://" + port + "&cname=a");
                RistSender b = RistSender.dial("rist://" + port + "&cname=b")) {
            send(a, 0, PACKETS);
            send(b, 500, PACKETS);
            Await.until(
                    "both are received",
                    () ->
                            got.size() == 2
                                    && got.values().stream().allMatch(n -> n.size() == PACKETS));
            assertThat(got).containsEntry("a", IntStream.range(0, 100).boxed().toList());
            assertThat(got).containsEntry("b", IntStream.range(500, 600).boxed().toList());
            RistFlow flow = rx.flows().get(0);
            assertThatThrownBy(() -> flow.onBlock(block -> {}))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(rx::accept).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closesOneFlowAndLeavesTheOthers() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistMultiReceiver rx = RistMultiReceiver.listen("rist://@" + port);
                RistSender a = RistSender.dial("rist://" + port + "&flow-id=1000");
                RistSender b = RistSender.dial("rist://" + port + "&flow-id=2000")) {
            send(a, 0, PACKETS);
            RistFlow one = requireNonNull(rx.accept(PATIENCE));
            send(b, 0, PACKETS);
            RistFlow other = requireNonNull(rx.accept(PATIENCE));
            receive(one, 0, PACKETS / 2);
            Await.until("all is queued", () -> one.stats().deliveredPackets() == PACKETS);
            one.close();
            assertThat(one.isOpen()).isFalse();
            assertThat(one.stats().deliveredPackets()).isEqualTo(PACKETS);
            receive(one, PACKETS / 2, PACKETS / 2);
            assertThat(one.receive(ByteBuffer.allocate(1_500))).isEqualTo(-1);
            send(a, 0, PACKETS);
            send(b, PACKETS, PACKETS);
            receive(other, 0, 2 * PACKETS);
            assertThat(rx.accept(Duration.ZERO)).isNull();
            assertThat(rx.flows()).containsExactly(other);
        }
    }

    @Test
    void retiresASilentFlowAndTakesItAgain() throws Exception {
        var events = new CopyOnWriteArrayList<RistEvent>();
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&session-timeout=500";
        try (RistMultiReceiver rx =
                RistMultiReceiver.builder().path("rist://@" + port).onEvent(events::add).open()) {
            for (int i = 0; i < 2; i++) {
                try (RistSender a = RistSender.dial("rist://" + port + "&flow-id=1000")) {
                    send(a, 0, PACKETS);
                    RistFlow flow = requireNonNull(rx.accept(PATIENCE));
                    receive(flow, 0, PACKETS);
                    a.close(PATIENCE);
                    assertThat(flow.receiveBlock(PATIENCE)).isNull();
                    assertThat(flow.stats().deliveredPackets()).isEqualTo(PACKETS);
                }
                int rounds = i + 1;
                Await.until(
                        "the flow is over",
                        () ->
                                events.stream()
                                                .filter(RistEvent.FlowEnded.class::isInstance)
                                                .count()
                                        == rounds);
            }
            assertThat(rx.flows()).isEmpty();
        }
    }

    @Test
    void admitsFlowsByTheirIdentity() throws Exception {
        var events = new CopyOnWriteArrayList<RistEvent>();
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistMultiReceiver rx =
                        RistMultiReceiver.builder()
                                .path("rist://@" + port)
                                .onEvent(events::add)
                                .flowAdmission(i -> i.virtualDestinationPort() == 2_000)
                                .open();
                RistSender a = RistSender.dial("rist://" + port + "&virt-dst-port=3000");
                RistSender b = RistSender.dial("rist://" + port + "&virt-dst-port=2000")) {
            send(a, 0, PACKETS);
            Await.until(
                    "the flow is refused",
                    () -> events.stream().anyMatch(RistEvent.FlowRefused.class::isInstance));
            send(b, 0, PACKETS);
            RistFlow flow = requireNonNull(rx.accept(PATIENCE));
            assertThat(flow.identity().virtualDestinationPort()).isEqualTo(2_000);
            receive(flow, 0, PACKETS);
        }
    }

    @Test
    void waitsForAFlowUntilADeadlineAnInterruptOrTheEnd() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistMultiReceiver rx = RistMultiReceiver.listen("rist://@" + port)) {
            assertThat(rx.accept(Duration.ofMillis(10))).isNull();
            for (boolean interrupts : List.of(true, false)) {
                var thrown = new AtomicReference<Throwable>();
                Thread waiting =
                        Thread.ofPlatform()
                                .start(() -> {
                                    try {
                                        rx.accept();
                                    } catch (Exception e) {
                                        thrown.set(e);
                                    }
                                });
                Await.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
                if (interrupts) {
                    waiting.interrupt();
                } else {
                    rx.close(Duration.ZERO);
                }
                waiting.join();
                assertThat(thrown.get())
                        .isInstanceOf(
                                interrupts
                                        ? InterruptedIOException.class
                                        : RistClosedException.class);
            }
        }
    }

    @Test
    void exchangesOutOfBandDatagramsWithEveryPathOfEverySender() throws Exception {
        String first = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        String second = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        var arrived = new CopyOnWriteArrayList<String>();
        RistDatagramHandler atReceiver = (path, type, d) -> arrived.add(path + ":" + letters(d));
        RistDatagramHandler atSender =
                (path, type, d) -> arrived.add("s" + path + ":" + letters(d));
        try (RistMultiReceiver rx =
                        RistMultiReceiver.builder()
                                .path("rist://@" + first)
                                .path("rist://@" + second)
                                .onOutOfBand(atReceiver)
                                .open();
                RistSender twice =
                        RistSender.builder()
                                .path("rist://" + first)
                                .path("rist://" + second)
                                .onOutOfBand(atSender)
                                .open();
                RistSender once =
                        RistSender.builder()
                                .path("rist://" + second)
                                .onOutOfBand(atSender)
                                .open()) {
            Await.until(
                    "both paths of the one and that of the other",
                    () ->
                            met(twice.stats().paths()) == 2
                                    && met(once.stats().paths()) == 1
                                    && met(rx.pathStats()) == 3);

            assertThat(twice.sendOutOfBand(RistHandle.IP, letters("a"))).isEqualTo(2);
            assertThat(once.sendOutOfBand(RistHandle.IP, letters("b"))).isEqualTo(1);
            Await.until("three from the senders", () -> arrived.size() == 3);
            assertThat(arrived).doesNotHaveDuplicates(); // each by a path of its own
            String ofOther =
                    arrived.stream().filter(a -> a.endsWith("b")).findFirst().orElseThrow();
            int path = Integer.parseInt(ofOther.substring(0, ofOther.indexOf(':')));

            arrived.clear();
            assertThat(rx.sendOutOfBand(RistHandle.IP, letters("c"))).isEqualTo(3);
            assertThat(rx.sendOutOfBand(path, RistHandle.IP, letters("d"))).isTrue();
            Await.until("four from the receiver", () -> arrived.size() == 4);
            assertThat(arrived).containsExactlyInAnyOrder("s0:c", "s1:c", "s0:c", "s0:d");
        }
    }

    private static long met(List<RistPathStats> paths) {
        return paths.stream().filter(RistPathStats::rttKnown).count();
    }

    private static ByteBuffer letters(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String letters(ByteBuffer datagram) {
        return StandardCharsets.US_ASCII.decode(datagram).toString();
    }

    @Test
    void namesFieldValueAndRangeOfABadLimit() {
        assertThatThrownBy(() -> RistMultiReceiver.builder().maxFlows(4_097))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("maxFlows 4097 is outside 2..4096 flows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?buffer=200", MAIN, MAIN + "&secret=correct-horse-battery"})
    void takesSeveralFlowsOfOneSender(String settings) throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + settings;
        try (RistMultiReceiver rx = RistMultiReceiver.listen("rist://@" + port);
                RistSender tx = RistSender.dial("rist://" + port)) {
            RistSenderFlow further = tx.openFlow(2_000);
            tx.awaitConnected(PATIENCE);
            for (int i = 0; i < FEW; i++) {
                tx.send(number(i));
                further.send(number(1_000 + i));
            }
            for (int i = 0; i < 2; i++) {
                RistFlow flow = requireNonNull(rx.accept(PATIENCE));
                boolean isFurther = flow.flowId() == further.flowId();
                receive(flow, isFurther ? 1_000 : 0, FEW);
                boolean tells = settings.contains("main") && isFurther;
                assertThat(flow.identity().virtualDestinationPort() == 2_000).isEqualTo(tells);
                assertThat(flow.stats().paths()).hasSize(1);
            }
            assertThat(further.stats().sentPackets()).isEqualTo(FEW);
            assertThat(further.stats().flowId()).isEqualTo(further.flowId());
            assertThat(tx.stats().sentPackets()).isEqualTo(FEW);
            assertThat(rx.pathStats()).hasSize(1);
            assertThatThrownBy(() -> tx.openFlow(2_001))
                    .hasMessage("virtualDestinationPort 2001 is not even and in 2..65534");
            tx.close(PATIENCE);
            assertThatThrownBy(() -> further.send(number(0)))
                    .isInstanceOf(RistClosedException.class);
        }
    }
}
