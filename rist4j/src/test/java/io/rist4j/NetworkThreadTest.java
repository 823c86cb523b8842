package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** No call on a network thread waits for another one: it is refused, or does not wait. */
@Timeout(60)
class NetworkThreadTest {
    private final RistPump near = RistPump.start();
    private final RistPump far = RistPump.start();

    @AfterEach
    void stopPumps() {
        near.close();
        far.close();
    }

    private static RistReceiver.Builder receiver(RistPump pump, int port, String query) {
        return RistReceiver.builder()
                .pump(pump)
                .path("rist://@127.0.0.1:" + port + "?buffer=100" + query);
    }

    private static RistSender.Builder sender(RistPump pump, int port, String query) {
        return RistSender.builder()
                .pump(pump)
                .path("rist://127.0.0.1:" + port + "?buffer=100" + query);
    }

    private static void send(RistSender tx, int packets) throws IOException {
        for (int i = 0; i < packets; i++) {
            tx.send(ByteBuffer.allocate(100));
        }
    }

    /** What a call on the network thread of a receiver says, at its first packet. */
    private interface Call {
        void make(RistReceiver itself) throws Exception;
    }

    private Throwable thrownInHandler(Call call) throws Exception {
        int port = FreePorts.evenPort();
        var self = new CompletableFuture<RistReceiver>();
        var thrown = new CompletableFuture<Throwable>();
        var rx =
                receiver(far, port, "")
                        .onEvent(event -> {
                            if (event instanceof RistEvent.FlowStarted) {
                                try {
                                    call.make(self.join());
                                    thrown.complete(new AssertionError("it returned"));
                                } catch (Exception refused) {
                                    thrown.complete(refused);
                                }
                            }
                        })
                        .open();
        self.complete(rx);
        try (rx;
                RistSender tx = RistSender.dial("rist://127.0.0.1:" + port + "?buffer=100")) {
            tx.awaitConnected(PATIENCE);
            send(tx, 1);
            return thrown.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void handlersOfTwoThreadsMayReadEachOthersStatistics() throws Exception {
        int portA = FreePorts.evenPort();
        int portB = FreePorts.evenPort();
        var a = new AtomicReference<RistReceiver>();
        var b = new AtomicReference<RistReceiver>();
        var handled = new AtomicInteger();
        RistBlockHandler readsB =
                block -> {
                    handled.incrementAndGet();
                    if (b.get() != null) {
                        b.get().stats();
                    }
                };
        RistBlockHandler readsA =
                block -> {
                    handled.incrementAndGet();
                    if (a.get() != null) {
                        a.get().stats();
                    }
                };
        try (RistReceiver rxA = receiver(near, portA, "").onBlock(readsB).open();
                RistReceiver rxB = receiver(far, portB, "").onBlock(readsA).open();
                RistSender txA = sender(far, portA, "").open();
                RistSender txB = sender(near, portB, "").open()) {
            a.set(rxA);
            b.set(rxB);
            txA.awaitConnected(PATIENCE);
            txB.awaitConnected(PATIENCE);
            for (int i = 0; i < 200; i++) {
                send(txA, 1);
                send(txB, 1);
            }

            Await.until("all are handled", () -> handled.get() == 400);
            Await.until("counted", () -> rxA.stats().deliveredPackets() == 200);
        }
    }

    @Test
    void statisticsAreThereWhileTheNetworkThreadIsHeldUp() throws Exception {
        int port = FreePorts.evenPort();
        try (RistSender tx = sender(near, port, "").open();
                var hold = new Hold(near)) {
            assertThat(hold.release.getCount()).isEqualTo(1);
            assertThat(tx.stats().sentPackets()).isZero();
        }
    }

    /** A network thread that is held up until this is closed. */
    private static final class Hold implements AutoCloseable {
        private final CountDownLatch release = new CountDownLatch(1);

        Hold(RistPump pump) {
            pump.pump()
                    .execute(() -> {
                        try {
                            release.await();
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }

        @Override
        public void close() {
            release.countDown();
        }
    }

    @Test
    void aForeignReadersStatisticsStayYoung() throws Exception {
        int port = FreePorts.evenPort();
        try (RistReceiver rx = receiver(far, port, "").onBlock(block -> {}).open();
                RistSender tx = sender(near, port, "").open()) {
            tx.awaitConnected(PATIENCE);
            send(tx, 7);
            var seen = new AtomicInteger();
            Await.until(
                    "seen from another network thread",
                    () -> {
                        near.pump().execute(() -> seen.set((int) rx.stats().deliveredPackets()));
                        return seen.get() == 7;
                    });
        }
    }

    @Test
    void waitingForAPeerIsRefused() throws Exception {
        int other = FreePorts.evenPort();
        try (RistSender lonely = sender(near, other, "").open()) {
            assertThat(thrownInHandler(itself -> lonely.awaitConnected(Duration.ofSeconds(9))))
                    .isInstanceOf(RistNetworkThreadException.class)
                    .hasMessageContaining("awaitConnected would wait");
            assertThat(thrownInHandler(itself -> lonely.awaitConnected(Duration.ZERO)))
                    .isInstanceOf(RistTimeoutException.class);
        }
    }

    @Test
    void waitingForAPacketOrAFlowIsRefused() throws Exception {
        assertThat(
                        thrownInHandler(itself -> {
                            ByteBuffer target = ByteBuffer.allocate(2000);
                            itself.receive(target, Duration.ofSeconds(9));
                        }))
                .isInstanceOf(RistNetworkThreadException.class)
                .hasMessageContaining("receive would wait");
        int other = FreePorts.evenPort();
        try (RistMultiReceiver many = RistMultiReceiver.listen("rist://@127.0.0.1:" + other)) {
            assertThat(thrownInHandler(itself -> many.accept(Duration.ofSeconds(9))))
                    .isInstanceOf(RistNetworkThreadException.class)
                    .hasMessageContaining("accept would wait");
        }
    }

    @Test
    void commandsToAnotherThreadAreRefusedAndHaveVariantsThatDoNotWait() throws Exception {
        int other = FreePorts.evenPort();
        String main = "&profile=main&secret=correct-horse-battery";
        try (RistSender tx = sender(near, other, main).open()) {
            char[] secret = "another-horse-battery".toCharArray();
            assertThat(thrownInHandler(itself -> tx.changeSecret(secret)))
                    .isInstanceOf(RistNetworkThreadException.class);
            assertThat(thrownInHandler(itself -> tx.setWeight(0, 3)))
                    .isInstanceOf(RistNetworkThreadException.class);
            assertThat(thrownInHandler(itself -> tx.openFlow(4)))
                    .isInstanceOf(RistNetworkThreadException.class);
            assertThat(
                            thrownInHandler(itself ->
                                    RistReceiver.builder()
                                            .pump(near)
                                            .path("rist://@127.0.0.1:" + FreePorts.evenPort())
                                            .open()))
                    .isInstanceOf(RistNetworkThreadException.class);
            tx.changeSecretAsync(secret).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThatThrownBy(() -> tx.changeSecretAsync(new char[0]))
                    .isInstanceOf(RistConfigException.class);
            tx.close(Duration.ZERO);
            assertThatThrownBy(() -> tx.changeSecretAsync(secret).join())
                    .hasCauseInstanceOf(RistClosedException.class);
        }
    }

    @Test
    @SuppressWarnings("try") // the close in the handler is what is tested
    void closingAnotherThreadsHandleDoesNotWait() throws Exception {
        int port = FreePorts.evenPort();
        int other = FreePorts.evenPort();
        try (RistReceiver sink = receiver(far, other, "").onBlock(block -> {}).open();
                RistSender out = sender(near, other, "").open()) {
            out.awaitConnected(PATIENCE);
            var closed = new CompletableFuture<Boolean>();
            try (RistReceiver rx =
                            receiver(far, port, "")
                                    .onBlock(block -> {
                                        out.close(); // its thread is held up, and so it would wait
                                        closed.complete(true);
                                    })
                                    .open();
                    RistSender tx = RistSender.dial("rist://127.0.0.1:" + port + "?buffer=100")) {
                tx.awaitConnected(PATIENCE);
                send(tx, 1);
                assertThat(closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(rx.isOpen()).isTrue();
            }
            assertThat(out.closeAsync(Duration.ZERO).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isNull();
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void eachOfSeveralBlockedSendersCanBeInterrupted() throws Exception {
        int port = FreePorts.evenPort();
        try (RistSender tx = sender(near, port, "&queue=16").open();
                var hold = new Hold(near)) {
            var ends = new CompletableFuture<?>[2];
            var threads = new Thread[2];
            for (int i = 0; i < 2; i++) {
                var end = new CompletableFuture<Exception>();
                ends[i] = end;
                threads[i] =
                        Thread.ofPlatform()
                                .start(() -> {
                                    try {
                                        send(tx, 1000);
                                    } catch (IOException interrupted) {
                                        end.complete(interrupted);
                                    }
                                });
            }
            for (Thread thread : threads) {
                Await.until("it waits", () -> thread.getState() != Thread.State.RUNNABLE);
            }
            for (int i : new int[] {1, 0}) {
                threads[i].interrupt();
                assertThat(ends[i].get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isInstanceOf(InterruptedIOException.class);
            }
            assertThat(hold.release.getCount()).isEqualTo(1);
        }
    }

    @Test
    void aFullQueueOfAnotherThreadIsRefusedInAHandler() throws Exception {
        int port = FreePorts.evenPort();
        try (RistSender tx = sender(near, port, "&queue=16").open();
                var hold = new Hold(near)) {
            assertThat(hold.release.getCount()).isEqualTo(1);
            assertThat(thrownInHandler(itself -> send(tx, 17)))
                    .isInstanceOf(RistNetworkThreadException.class)
                    .hasMessageContaining("send on a full queue would wait");
        }
    }
}
