package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.host.HostListener;
import io.rist4j.host.PathFaults;
import io.rist4j.host.SessionHost;
import io.rist4j.session.FlowIdentity;
import io.rist4j.session.Newcomer;
import io.rist4j.session.Role;
import io.rist4j.session.SessionEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the program's own code does wrong stays with it: the session and the others go on. */
@Timeout(180)
class HostileCodeTest {
    private final RistPump near = RistPump.start();
    private final RistPump far = RistPump.start();
    private final int port = FreePorts.evenPort();

    HostileCodeTest() throws IOException {}

    @AfterEach
    void stopPumps() {
        near.close();
        far.close();
    }

    private RistReceiver.Builder receiver() {
        return RistReceiver.builder().pump(far).path("rist://@127.0.0.1:" + port + "?buffer=100");
    }

    private RistSender sender() throws IOException {
        return RistSender.builder()
                .pump(near)
                .path("rist://127.0.0.1:" + port + "?buffer=100")
                .open();
    }

    private static void send(RistSender tx, int packets) throws IOException {
        for (int i = 0; i < packets; i++) {
            tx.send(ByteBuffer.allocate(100));
        }
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IllegalStateException("unchecked"),
                new IOException("checked, thrown sneakily"),
                new AssertionError("an assertion"),
                new NoClassDefFoundError("a class"),
                new StackOverflowError());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwSneakily(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aHandlerThatThrowsOnceGetsTheNextPacket(Throwable fault) throws Exception {
        var blocks = new AtomicInteger();
        RistBlockHandler handler =
                block -> {
                    if (blocks.incrementAndGet() == 3) {
                        HostileCodeTest.<RuntimeException>throwSneakily(fault);
                    }
                };
        try (RistReceiver rx = receiver().onBlock(handler).open();
                RistSender tx = sender()) {
            tx.awaitConnected(PATIENCE);
            send(tx, 20);

            Await.until("20 packets", () -> blocks.get() == 20);
            assertThat(rx.isOpen()).isTrue();
        }
    }

    @Test
    void aHandlerThatThrowsAgainAndAgainEndsItsReceiverAndSaysWhy() throws Exception {
        var blocks = new AtomicInteger();
        var events = new CopyOnWriteArrayList<RistEvent>();
        try (RistReceiver rx =
                        receiver()
                                .onBlock(block -> {
                                    blocks.incrementAndGet();
                                    throw new AssertionError("always");
                                })
                                .onEvent(events::add)
                                .open();
                RistSender tx = sender()) {
            tx.awaitConnected(PATIENCE);
            send(tx, 2 * UserCode.MOST_THROWS);

            Await.until("end", () -> events.stream().anyMatch(RistEvent.Closed.class::isInstance));
            assertThat(blocks).hasValue(UserCode.MOST_THROWS);
            assertThat(rx.isOpen()).isFalse();
            assertThat(events)
                    .last()
                    .isInstanceOfSatisfying(
                            RistEvent.Closed.class,
                            closed -> assertThat(closed.cause()).hasMessage("always"));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aListenerThatThrowsLeavesTheOtherListenersAndTheSessionAlone(Throwable fault)
            throws Exception {
        var events = new CopyOnWriteArrayList<RistEvent>();
        try (RistReceiver rx =
                        receiver()
                                .onEvent(event ->
                                        HostileCodeTest.<RuntimeException>throwSneakily(fault))
                                .onEvent(events::add)
                                .open();
                RistSender tx = sender()) {
            tx.awaitConnected(PATIENCE);
            send(tx, 1);

            assertThat(rx.receive(ByteBuffer.allocate(2000), PATIENCE)).isEqualTo(100);
            assertThat(events).hasAtLeastOneElementOfType(RistEvent.Connected.class);
        }
    }

    @Test
    void everyListenerIsTold() throws Exception {
        var first = new CopyOnWriteArrayList<RistEvent>();
        var second = new CopyOnWriteArrayList<RistEvent>();
        try (RistReceiver rx = receiver().onEvent(first::add).onEvent(second::add).open()) {
            assertThat(rx.isOpen()).isTrue();
        }
        assertThat(first).hasOnlyElementsOfType(RistEvent.Closed.class).hasSize(1);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void codeThatThrowsIsCountedAndRetiredOnlyAfterManyTimesInARow() {
        var code = new UserCode(() -> "a test's code", () -> 0);
        for (int i = 1; i < UserCode.MOST_THROWS; i++) {
            code.threw("here", new IllegalStateException());
        }
        code.end(code.begin());
        code.threw("here", new IllegalStateException());

        assertThat(code.throwsCount()).isEqualTo(UserCode.MOST_THROWS);
        assertThat(code.isRetired()).isFalse();
        for (int i = 1; i < UserCode.MOST_THROWS; i++) {
            code.threw("here", new IllegalStateException());
        }
        assertThat(code.isRetired()).isTrue();
        code.run("here", () -> code.threw("called", new IllegalStateException()));
        assertThat(code.throwsCount()).isEqualTo(2L * UserCode.MOST_THROWS - 1);
    }

    @Test
    void codeThatTakesLongIsCounted() {
        long[] now = {0};
        var code = new UserCode(() -> "a test's code", () -> now[0]);
        code.run("here", () -> now[0] += UserCode.SLOW_NS - 1);
        assertThat(code.slowCount()).isZero();

        code.run("here", () -> now[0] += UserCode.SLOW_NS);

        assertThat(code.slowCount()).isEqualTo(1);
    }

    @Test
    void whatTheVirtualMachineCannotGoOnWithIsThrownOn() {
        var code = new UserCode(() -> "a test's code", () -> 0);

        assertThatThrownBy(() -> code.threw("here", new OutOfMemoryError("a test's")))
                .isInstanceOf(OutOfMemoryError.class);
    }

    /** Refuses to answer for one peer, in the middle of the session. */
    private static final class FaultyListener implements HostListener {
        private final List<MediaBlock> blocks = new CopyOnWriteArrayList<>();

        @Override
        public void onBlock(MediaBlock block) {
            blocks.add(block);
        }

        @Override
        public void onEvent(SessionEvent event) {}

        @Override
        public void onOutOfBand(int path, int type, ByteBuffer buffer, int at, int bytes) {}

        @Override
        public boolean admits(Newcomer newcomer) {
            if (newcomer.canonicalName().equals("bad")) {
                throw new AssertionError("a fault inside the session");
            }
            return true;
        }

        @Override
        public boolean admitsFlow(FlowIdentity identity) {
            return true;
        }

        @Override
        public void onRedialled(int path, io.rist4j.core.address.Endpoint peer) {}

        @Override
        public void onSendRefused(
                io.rist4j.core.address.Endpoint peer,
                io.rist4j.net.PortRefusals.Kind kind,
                int bytes,
                int mtuBytes,
                long datagrams) {}

        @Override
        public void onRoundEnd() {}

        @Override
        public void onClosed(@Nullable Throwable cause) {}
    }

    @Test
    void aPeerWhoseDatagramsTheSessionCannotHandleIsMutedAndTheOthersGoOn() throws Exception {
        var plan =
                SessionPlan.of(
                        Role.RECEIVER,
                        List.of(RistUri.parse("rist://@127.0.0.1:" + port + "?buffer=100")));
        var listener = new FaultyListener();
        var pump = far.pump();
        var host =
                new SessionHost(pump, plan.config(), plan.identity(), null, false, null, listener);
        pump.execute(() -> {
            try {
                host.open(plan.sockets());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        PathFaults faults = host.faults();
        try (RistSender bad = RistSender.dial("rist://127.0.0.1:" + port + "?cname=bad");
                RistSender good = sender()) {
            good.awaitConnected(PATIENCE);
            Await.until("the bad one is muted", () -> faults.mutedDatagrams() > 0);
            send(good, 20);

            Await.until("20 packets", () -> listener.blocks.size() == 20);
            assertThat(faults.faults()).isPositive();
            assertThat(bad.isConnected()).isFalse();
        }
        pump.execute(() -> host.close(0));
    }
}
