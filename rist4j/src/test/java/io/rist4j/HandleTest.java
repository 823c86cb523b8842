package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.rist4j.net.PumpConfig;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Senders and receivers over real sockets, on each kind of port. */
@ParameterizedClass
@ValueSource(strings = {"nio", "linux"})
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class HandleTest {
    @Parameter String ports = "";

    private RistPump near = RistPump.start();
    private RistPump far = near;
    private int port;

    @BeforeEach
    void startPumps() throws IOException {
        near.close();
        PumpConfig config = PumpConfig.defaults().withProvider(ports);
        try {
            near = RistPump.start(config.withThreadName("near"));
            far = RistPump.start(config.withThreadName("far"));
        } catch (IllegalArgumentException unusable) {
            Assumptions.abort(String.valueOf(unusable.getMessage()));
        }
        port = FreePorts.evenPort();
    }

    @AfterEach
    void stopPumps() {
        near.close();
        far.close();
    }

    private RistReceiver.Builder receiver(String query) {
        return RistReceiver.builder().pump(far).path("rist://@127.0.0.1:" + port + query);
    }

    private RistSender.Builder sender(String query) {
        return RistSender.builder().pump(near).path("rist://127.0.0.1:" + port + query);
    }

    private static ByteBuffer numbered(int number) {
        return ByteBuffer.allocate(1316).putInt(0, number);
    }

    private static void sendNumbered(RistSender tx, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            tx.send(numbered(i));
        }
    }

    private static RistBlock next(RistReceiver rx) throws IOException {
        return requireNonNull(rx.receiveBlock(PATIENCE));
    }

    private static List<Integer> takeNumbers(RistReceiver rx, int count) throws IOException {
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            numbers.add(next(rx).payload().getInt());
        }
        return numbers;
    }

    private static List<Integer> range(int from, int to) {
        var numbers = new ArrayList<Integer>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @Test
    void carriesAStreamOfBytesUnchanged() throws Exception {
        byte[] sent = new byte[1_000_003];
        new Random(1).nextBytes(sent);
        try (RistReceiver rx = receiver("?buffer=500").endWithPeer().open();
                RistSender tx = sender("?buffer=500").open()) {
            tx.awaitConnected(PATIENCE);
            var reading =
                    new FutureTask<>(() -> {
                        try (InputStream in = rx.asInputStream()) {
                            return in.readAllBytes();
                        }
                    });
            Thread.ofVirtual().start(reading);
            try (OutputStream out = tx.asOutputStream()) {
                int at = 0;
                while (at < sent.length) { // in pieces of every size, one packet's and more
                    int bytes = Math.min(1 + (at * 7 % 5000), sent.length - at);
                    out.write(sent, at, bytes);
                    at += bytes;
                }
            }

            byte[] received = reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertThat(sha256(received)).isEqualTo(sha256(sent));
            assertThat(tx.stats().sentPackets()).isEqualTo(1 + sent.length / 1316);
        }
    }

    @Test
    void carriesBytesThroughChannels() throws Exception {
        byte[] sent = new byte[10 * 1316 + 5];
        new Random(2).nextBytes(sent);
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open();
                ReadableByteChannel in = rx.asReadableByteChannel()) {
            tx.awaitConnected(PATIENCE);
            try (WritableByteChannel out = tx.asWritableByteChannel()) {
                assertThat(out.write(ByteBuffer.wrap(sent))).isEqualTo(sent.length);
            }

            ByteBuffer received = ByteBuffer.allocate(sent.length);
            while (received.hasRemaining()) {
                assertThat(in.read(received)).isPositive();
            }

            assertThat(received.array()).isEqualTo(sent);
            assertThat(tx.isOpen()).isFalse();
        }
    }

    @Test
    void worksWhenTheSenderListensAndTheReceiverDials() throws Exception {
        try (RistSender tx =
                        RistSender.builder()
                                .pump(near)
                                .path("rist://@127.0.0.1:" + port + "?buffer=100")
                                .open();
                RistReceiver rx =
                        RistReceiver.builder()
                                .pump(far)
                                .path("rist://127.0.0.1:" + port + "?buffer=100")
                                .open()) {
            tx.awaitConnected(PATIENCE);
            rx.awaitConnected(PATIENCE);

            sendNumbered(tx, 0, 100);

            assertThat(takeNumbers(rx, 100)).isEqualTo(range(0, 100));
        }
    }

    @Test
    void goesOnOverOneOfTwoPathsWhenTheOtherDies() throws Exception {
        int second = FreePorts.evenPort();
        var events = new EventLog();
        try (Relay first = new Relay(port);
                Relay other = new Relay(second);
                RistReceiver rx =
                        receiver("?buffer=1000").path("rist://@127.0.0.1:" + second).open();
                RistSender tx =
                        RistSender.builder()
                                .pump(near)
                                .path(
                                        "rist://"
                                                + first.hostAndPort()
                                                + "?buffer=1000&session-timeout=500")
                                .path("rist://" + other.hostAndPort())
                                .onEvent(events)
                                .open()) {
            Await.until("both paths up", () -> events.of(RistEvent.PathUp.class).size() == 2);
            sendNumbered(tx, 0, 100);
            first.cut();
            sendNumbered(tx, 100, 300);
            RistEvent.PathDown down = events.await(RistEvent.PathDown.class);
            sendNumbered(tx, 300, 400);

            assertThat(takeNumbers(rx, 400)).isEqualTo(range(0, 400));
            assertThat(down.path()).isZero();
            assertThat(tx.isConnected()).isTrue();
            assertThat(tx.stats().paths()).extracting(RistPathStats::alive).contains(false, true);
            assertThat(rx.stats().duplicatePackets()).isPositive();
        }
    }

    @Test
    void recoversWhatTheNetworkLosesAndAnswersRequestsWhileItCloses() throws Exception {
        var copies = new ConcurrentHashMap<Integer, Integer>();
        try (Relay relay = new Relay(port);
                RistReceiver rx = receiver("?buffer=800").open()) {
            relay.dropMedia( // the first copy of every third packet, and of the last ones
                    datagram -> {
                        int number = ByteBuffer.wrap(datagram).getInt(12);
                        boolean unlucky = number % 3 == 2 || number >= 190;
                        return unlucky && copies.merge(number, 1, Integer::sum) == 1;
                    });
            try (RistSender tx =
                    RistSender.builder()
                            .pump(near)
                            .path("rist://" + relay.hostAndPort() + "?buffer=800")
                            .open()) {
                tx.awaitConnected(PATIENCE);
                sendNumbered(tx, 0, 200);
            }

            assertThat(takeNumbers(rx, 200)).isEqualTo(range(0, 200));
            assertThat(rx.stats().lostPackets()).isZero();
            assertThat(rx.stats().recoveredPackets()).isGreaterThan(60);
        }
    }

    @Test
    void playsOutWhatHasArrivedWhenAReceiverClosesInOrder() throws Exception {
        try (RistReceiver rx = receiver("?buffer=1000").open();
                RistSender tx = sender("?buffer=1000").open()) {
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 50);
            Await.until("arrival", () -> rx.stats().receivedPackets() == 50);

            rx.close(PATIENCE);

            assertThat(takeNumbers(rx, 50)).isEqualTo(range(0, 50));
            assertThat(rx.receiveBlock()).isNull();
            assertThat(rx.receive(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(rx.stats().deliveredPackets()).isEqualTo(50);
        }
    }

    @Test
    void tellsEverythingAboutABlock() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100&flow-id=0x12345678").open()) {
            tx.awaitConnected(PATIENCE);
            Instant before = Instant.now();
            sendNumbered(tx, 1, 3);
            RistBlock first = next(rx);
            RistBlock second = next(rx);

            assertThat(first.flowId()).isEqualTo(0x12345678);
            assertThat(first.isFlowStart()).isTrue();
            assertThat(first.isDiscontinuity()).isFalse();
            assertThat(first.isRecovered()).isFalse();
            assertThat(first.payloadType()).isEqualTo(33);
            assertThat(first.payloadBytes()).isEqualTo(1316);
            assertThat(first.toByteArray()).isEqualTo(numbered(1).array());
            assertThat(first.payload().isReadOnly()).isTrue();
            assertThat(first.arrival()).isBetween(before.minusMillis(20), Instant.now());
            assertThat(first.source()).isBetween(before.minusMillis(20), Instant.now());
            assertThat(requireNonNull(first.peer()).getAddress())
                    .isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(second.isFlowStart()).isFalse();
            assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
            // Two packets sent in one tick of the 90 kHz clock carry the same time.
            assertThat(second.mediaTime()).isGreaterThanOrEqualTo(first.mediaTime());
            assertThat(second.virtualSourcePort() + second.virtualDestinationPort()).isZero();
        }
    }

    @Test
    void showsBlocksToAHandlerOnTheNetworkThread() throws Exception {
        var numbers = new CopyOnWriteArrayList<Integer>();
        var threads = new CopyOnWriteArrayList<String>();
        var kept = new AtomicReference<RistBlock>();
        RistBlockHandler handler =
                block -> {
                    numbers.add(block.payload().getInt());
                    threads.add(Thread.currentThread().getName());
                    kept.set(block.toBlock());
                    if (numbers.size() == 1) {
                        throw new IllegalStateException("a handler that fails once");
                    }
                };
        try (RistReceiver rx = receiver("?buffer=100").onBlock(handler).open();
                RistSender tx = sender("?buffer=100").open()) {
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 20);

            Await.until("20 blocks", () -> numbers.size() == 20);

            assertThat(numbers).isEqualTo(range(0, 20));
            assertThat(threads).containsOnly("far");
            assertThat(kept.get().payload().getInt()).isEqualTo(19);
            assertThatThrownBy(() -> rx.receive(ByteBuffer.allocate(2000)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void relaysFromAHandlerOfOneSessionIntoAnother() throws Exception {
        int last = FreePorts.evenPort();
        try (RistReceiver sink =
                        RistReceiver.builder()
                                .pump(far)
                                .path("rist://@127.0.0.1:" + last + "?buffer=100")
                                .open();
                RistSender onward =
                        RistSender.builder()
                                .pump(far)
                                .path("rist://127.0.0.1:" + last + "?buffer=100")
                                .open();
                RistReceiver middle =
                        receiver("?buffer=100").onBlock(block -> pass(block, onward)).open();
                RistSender tx = sender("?buffer=100").open()) {
            onward.awaitConnected(PATIENCE);
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 100);

            assertThat(takeNumbers(sink, 100)).isEqualTo(range(0, 100));
            assertThat(middle.stats().deliveredPackets()).isEqualTo(100);
        }
    }

    private static void pass(RistBlockView block, RistSender to) {
        try {
            to.send(block.payload());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dropsTheOldestForAReaderThatIsSlow() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100&queue=16").open();
                RistSender tx = sender("?buffer=100").open()) {
            sendUnread(tx, rx);

            RistBlock first = next(rx);
            assertThat(first.payload().getInt()).isEqualTo(84);
            assertThat(first.droppedBefore()).isEqualTo(84);
            assertThat(first.isDiscontinuity()).isTrue();
            assertThat(takeNumbers(rx, 15)).isEqualTo(range(85, 100));
            assertThat(rx.stats().droppedPackets()).isEqualTo(84);
        }
    }

    @Test
    void dropsTheNewestForAReaderThatIsSlow() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100&queue=16&overflow=drop-newest").open();
                RistSender tx = sender("?buffer=100").open()) {
            sendUnread(tx, rx);

            assertThat(takeNumbers(rx, 16)).isEqualTo(range(0, 16));
            sendNumbered(tx, 100, 101);
            RistBlock later = next(rx);
            assertThat(later.payload().getInt()).isEqualTo(100);
            assertThat(later.droppedBefore()).isEqualTo(84);
        }
    }

    @Test
    void tellsAReaderThatIsSlowAndGoesOn() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100&queue=16&overflow=fail").open();
                RistSender tx = sender("?buffer=100").open()) {
            sendUnread(tx, rx);

            assertThatThrownBy(() -> rx.receiveBlock(PATIENCE))
                    .isInstanceOfSatisfying(
                            RistOverflowException.class,
                            e -> assertThat(e.droppedPackets()).isEqualTo(84));
            assertThat(takeNumbers(rx, 16)).isEqualTo(range(0, 16));
        }
    }

    private static void sendUnread(RistSender tx, RistReceiver rx) throws IOException {
        tx.awaitConnected(PATIENCE);
        sendNumbered(tx, 0, 100);
        Await.until("delivery", () -> rx.stats().deliveredPackets() == 100);
    }

    @Test
    void refusesAReceiverThatWouldBlock() {
        assertThatThrownBy(() -> receiver("?overflow=block").open())
                .isInstanceOf(RistConfigException.class)
                .hasMessageStartingWith("overflow block is for senders");
    }

    @Test
    void actsOnAFullQueueAsTheSenderChose() throws Exception {
        assertThat(numbersThroughAStuckPump("drop-oldest")).isEqualTo(range(84, 100));
        assertThat(numbersThroughAStuckPump("drop-newest")).isEqualTo(range(0, 16));
        assertThat(numbersThroughAStuckPump("fail")).isEqualTo(range(0, 16));
        assertThat(numbersThroughAStuckPump("block")).isEqualTo(range(0, 100));
    }

    private List<Integer> numbersThroughAStuckPump(String overflow) throws Exception {
        var released = new CountDownLatch(1);
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100&queue=16&overflow=" + overflow).open()) {
            tx.awaitConnected(PATIENCE);
            near.pump().execute(() -> awaitQuietly(released));
            var sending = new FutureTask<>(() -> sendCountingFailures(tx, 100));
            Thread.ofVirtual().start(sending);
            boolean blocks = overflow.equals("block");
            if (!blocks) {
                assertThat(sending.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo(overflow.equals("fail") ? 84 : 0);
            }
            released.countDown();
            assertThat(tx.stats().droppedPackets()).isEqualTo(blocks ? 0 : 84);
            List<Integer> numbers = takeNumbers(rx, blocks ? 100 : 16);
            sending.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return numbers;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int sendCountingFailures(RistSender tx, int packets) throws IOException {
        int failures = 0;
        for (int i = 0; i < packets; i++) {
            try {
                tx.send(numbered(i));
            } catch (RistOverflowException full) {
                failures += (int) full.droppedPackets();
            }
        }
        return failures;
    }

    @Test
    void tellsWhatHappensInTheOrderOfHappening() throws Exception {
        var sending = new EventLog();
        var receiving = new EventLog();
        RistReceiver rx = receiver("?buffer=100&cname=studio").onEvent(receiving).open();
        RistSender tx = sender("?buffer=100&cname=field").onEvent(sending).open();
        tx.awaitConnected(PATIENCE);
        sendNumbered(tx, 0, 1);
        next(rx);

        tx.close();
        RistEvent.PeerLeft left = receiving.await(RistEvent.PeerLeft.class);
        Await.until("silence", () -> !rx.isConnected());
        rx.close();

        assertThat(sending.await(RistEvent.Connected.class).cname()).isEqualTo("studio");
        assertThat(receiving.await(RistEvent.Connected.class).cname()).isEqualTo("field");
        assertThat(receiving.await(RistEvent.FlowStarted.class).isReset()).isFalse();
        assertThat(left.peer().getAddress().isLoopbackAddress()).isTrue();
        assertThat(receiving.all())
                .extracting(e -> e.getClass().getSimpleName())
                .containsSubsequence(
                        "PathUp",
                        "Connected",
                        "FlowStarted",
                        "PeerLeft",
                        "PathDown",
                        "TimedOut",
                        "Closed");
        assertThat(sending.await(RistEvent.Closed.class).cause()).isNull();
    }

    @Test
    void startsANewFlowWhenTheSenderComesBack() throws Exception {
        var events = new EventLog();
        try (RistReceiver rx = receiver("?buffer=100").onEvent(events).open()) {
            for (int round = 0; round < 2; round++) {
                try (RistSender tx = sender("?buffer=100").open()) {
                    tx.awaitConnected(PATIENCE);
                    sendNumbered(tx, 0, 10);
                    assertThat(takeNumbers(rx, 10)).isEqualTo(range(0, 10));
                }
            }

            assertThat(events.of(RistEvent.FlowStarted.class))
                    .extracting(RistEvent.FlowStarted::isReset)
                    .containsExactly(false, true);
        }
    }

    @Test
    void closesFromItsOwnListenerAndHandler() throws Exception {
        var handle = new AtomicReference<RistReceiver>();
        var events = new EventLog();
        try (RistSender tx = sender("?buffer=100").open()) {
            handle.set(
                    receiver("?buffer=100")
                            .onBlock(block -> handle.get().close())
                            .onEvent(events)
                            .open());
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 3);

            events.await(RistEvent.Closed.class);
        }
        var again = new EventLog();
        try (RistSender tx = sender("?buffer=100").open()) {
            handle.set(
                    receiver("?buffer=100")
                            .onEvent(event -> {
                                again.accept(event);
                                if (event instanceof RistEvent.Connected) {
                                    handle.get().close();
                                }
                            })
                            .open());
            again.await(RistEvent.Closed.class);
            assertThat(tx.isOpen()).isTrue();
        }
        assertThat(handle.get().isOpen()).isFalse();
    }

    @Test
    void refusesToSendAfterItWasClosed() throws Exception {
        RistSender tx = sender("").open();
        tx.close();

        assertThatThrownBy(() -> tx.send(numbered(0)))
                .isInstanceOf(RistClosedException.class)
                .hasMessage("the handle is closed");
        assertThatThrownBy(() -> tx.awaitConnected(PATIENCE))
                .isInstanceOf(RistClosedException.class);
        tx.close();
    }

    @Test
    void wakesAReaderWhenItIsClosed() throws Exception {
        RistReceiver rx = receiver("").open();
        var reading = new FutureTask<>(() -> rx.receive(ByteBuffer.allocate(2000)));
        Thread reader = Thread.ofPlatform().start(reading);
        Await.until("waiting", () -> reader.getState() == Thread.State.TIMED_WAITING);

        rx.close();

        assertThat(reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(-1);
    }

    @Test
    void endsAWaitThatIsInterrupted() throws Exception {
        try (RistReceiver rx = receiver("").open()) {
            var reading = new FutureTask<>(() -> rx.receive(ByteBuffer.allocate(2000)));
            Thread reader = Thread.ofPlatform().start(reading);
            Await.until("waiting", () -> reader.getState() == Thread.State.TIMED_WAITING);

            reader.interrupt();

            assertThatThrownBy(() -> reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(InterruptedIOException.class);
        }
    }

    @Test
    void keepsAPacketThatDoesNotFit() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open()) {
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 7, 8);

            assertThatThrownBy(() -> rx.receive(ByteBuffer.allocate(1315), PATIENCE))
                    .isInstanceOf(BufferOverflowException.class);
            ByteBuffer target = ByteBuffer.allocate(2000).position(100);
            assertThat(rx.receive(target, PATIENCE)).isEqualTo(1316);
            assertThat(target.position()).isEqualTo(1416);
            assertThat(target.getInt(100)).isEqualTo(7);
            assertThatThrownBy(() -> rx.receive(target, Duration.ZERO))
                    .isInstanceOf(RistTimeoutException.class);
        }
    }

    @Test
    void refusesAPayloadThatIsTooLarge() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open()) {
            tx.awaitConnected(PATIENCE);

            assertThatThrownBy(() -> tx.send(ByteBuffer.allocate(9969)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("payload of 9969 bytes is outside 0..9968");
            tx.send(ByteBuffer.allocate(0));
            tx.send(ByteBuffer.allocate(1400).put(0, (byte) 9));
            assertThat(next(rx).toByteArray()).startsWith(9).hasSize(1400);
        }
    }

    @Test
    void saysWhichPortIsInUse() throws Exception {
        try (RistReceiver rx = receiver("").open()) {
            assertThat(rx.localAddresses())
                    .extracting(InetSocketAddress::getPort)
                    .containsExactly(port, port + 1);
            assertThatThrownBy(() -> receiver("").open())
                    .isInstanceOf(RistBindException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
        receiver("").open().close();
    }

    @Test
    void saysThatNobodyCame() throws Exception {
        try (RistReceiver rx = receiver("").open()) {
            assertThatThrownBy(() -> rx.awaitConnected(Duration.ofMillis(20)))
                    .isInstanceOf(RistTimeoutException.class)
                    .hasMessage("no peer within 20 ms on 127.0.0.1:" + port);
            assertThat(rx.isOpen()).isTrue();
        }
    }

    @Test
    void countsBothEndsAndTheDifferenceToAnEarlierSnapshot() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open()) {
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 30);
            takeNumbers(rx, 30);
            RistSenderStats sent = tx.stats();
            RistReceiverStats received = rx.stats();
            sendNumbered(tx, 30, 40);
            takeNumbers(rx, 10);

            assertThat(sent.sentPackets()).isEqualTo(30);
            assertThat(sent.sentBytes()).isEqualTo(30 * 1316);
            assertThat(sent.paths()).hasSize(1);
            assertThat(sent.retransmittedPackets()).isZero();
            assertThat(received.receivedPackets()).isEqualTo(30);
            assertThat(received.deliveredPackets()).isEqualTo(30);
            assertThat(received.bufferNs()).isEqualTo(100_000_000);
            assertThat(received.flowId()).isEqualTo(sent.flowId());
            assertThat(tx.statsSince(sent).sentPackets()).isEqualTo(10);
            assertThat(tx.stats().sentPackets()).isEqualTo(40);
            RistReceiverStats lately = rx.statsSince(received);
            assertThat(lately.deliveredPackets()).isEqualTo(10);
            assertThat(lately.deliveredBytes()).isEqualTo(10 * 1316);
            assertThat(lately.meanBufferTimeNs()).isBetween(50_000_000L, 2_000_000_000L);
            Await.until("round trip", () -> tx.stats().paths().get(0).rttKnown());
        }
    }

    @Test
    void takingASnapshotChangesNothing() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open()) {
            tx.awaitConnected(PATIENCE);
            for (int i = 0; i < 10; i++) { // what comes in one run has no spacing
                sendNumbered(tx, i, i + 1);
                int arrived = i + 1;
                Await.until("arrival", () -> rx.stats().receivedPackets() >= arrived);
            }
            takeNumbers(rx, 10);
            RistReceiverStats one = rx.stats();
            RistReceiverStats again = rx.stats();
            sendNumbered(tx, 10, 20);
            takeNumbers(rx, 10);
            RistReceiverStats other = rx.stats();

            assertThat(one.spacingMaxNs()).isPositive();
            assertThat(again.spacingMaxNs()).isEqualTo(one.spacingMaxNs());
            assertThat(again.spacingMinNs()).isEqualTo(one.spacingMinNs());
            assertThat(other.spacingMaxNs()).isGreaterThanOrEqualTo(one.spacingMaxNs());
            assertThat(other.spacingMinNs()).isLessThanOrEqualTo(one.spacingMinNs());
            assertThat(rx.statsSince(rx.statsSince(one)).deliveredPackets()).isZero();
        }
    }

    @Test
    void countsOnAfterTheEnd() throws Exception {
        RistReceiver rx = receiver("?buffer=100").open();
        RistSender tx = sender("?buffer=100").open();
        tx.awaitConnected(PATIENCE);
        sendNumbered(tx, 0, 5);
        takeNumbers(rx, 5);
        tx.close();
        rx.close();

        assertThat(tx.stats().sentPackets()).isEqualTo(5);
        assertThat(rx.stats().deliveredPackets()).isEqualTo(5);
        assertThat(rx.stats().connected()).isFalse();
    }

    @Test
    void changesTheWeightOfAPath() throws Exception {
        try (RistSender tx = sender("?weight=3").open()) {
            assertThat(tx.stats().paths().get(0).weight()).isEqualTo(3);
            tx.setWeight(0, 8);
            assertThat(tx.stats().paths().get(0).weight()).isEqualTo(8);
            assertThatThrownBy(() -> tx.setWeight(0, -1)).isInstanceOf(RistConfigException.class);
            assertThatThrownBy(() -> tx.setWeight(40, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closesItsHandlesWithThePump() throws Exception {
        var events = new EventLog();
        RistReceiver rx = receiver("").onEvent(events).open();

        far.close();

        assertThat(rx.isOpen()).isFalse();
        assertThat(rx.receive(ByteBuffer.allocate(10))).isEqualTo(-1);
        assertThat(events.of(RistEvent.Closed.class)).hasSize(1);
        assertThatThrownBy(() -> receiver("").open()).isInstanceOf(RistClosedException.class);
    }

    @Test
    void servesManyThreadsThatSend() throws Exception {
        int threads = 4;
        try (RistReceiver rx = receiver("?buffer=1000").open();
                RistSender tx = sender("?buffer=1000&queue=16").open()) {
            tx.awaitConnected(PATIENCE);
            var senders = new ArrayList<FutureTask<Boolean>>();
            for (int t = 0; t < threads; t++) {
                int from = t * 1000;
                var sending =
                        new FutureTask<>(() -> {
                            sendNumbered(tx, from, from + 200);
                            return true;
                        });
                Thread.ofVirtual().start(sending);
                senders.add(sending);
            }
            List<Integer> numbers = takeNumbers(rx, threads * 200);

            for (FutureTask<Boolean> sending : senders) {
                assertThat(sending.get()).isTrue();
            }
            for (int t = 0; t < threads; t++) {
                int from = t * 1000;
                assertThat(numbers.stream().filter(n -> n / 1000 == from / 1000).toList())
                        .isEqualTo(range(from, from + 200));
            }
        }
    }

    @Test
    void publishesBlocksByDemand() throws Exception {
        var numbers = new CopyOnWriteArrayList<Integer>();
        var subscriber = new DemandingSubscriber(numbers);
        try (RistSender tx = sender("?buffer=100").open()) {
            RistReceiver rx = receiver("?buffer=100").endWithPeer().open();
            rx.asPublisher().subscribe(subscriber);
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 20);
            subscriber.demand(3);
            Await.until("3 blocks", () -> numbers.size() == 3);
            Await.until("the others wait", () -> rx.stats().queuedPackets() == 17);
            subscriber.demand(100);
            Await.until("20 blocks", () -> numbers.size() == 20);
        }
        Await.until("completion", subscriber::isComplete);
        assertThat(numbers).isEqualTo(range(0, 20));
    }

    @Test
    void refusesASecondSubscriberWhileOneIsThereAndDemandBelowOne() throws Exception {
        try (RistReceiver rx = receiver("").open()) {
            var first = new DemandingSubscriber(new CopyOnWriteArrayList<>());
            var second = new DemandingSubscriber(new CopyOnWriteArrayList<>());
            rx.asPublisher().subscribe(first);
            rx.asPublisher().subscribe(second);
            Await.until("refusal", () -> second.error() instanceof IllegalStateException);
            first.demand(0);
            Await.until("refusal", () -> first.error() instanceof IllegalArgumentException);
            assertThat(rx.isOpen()).isTrue();
        }
    }

    @Test
    void aCancelledSubscriberFinishesItsWorkAndAnotherMayFollow() throws Exception {
        var numbers = new CopyOnWriteArrayList<Integer>();
        var subscriber = new DemandingSubscriber(numbers);
        var interrupted = new CompletableFuture<Boolean>();
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open()) {
            rx.asPublisher().subscribe(subscriber);
            subscriber.onBlock(() -> {
                subscriber.cancel();
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            subscriber.demand(5);
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 2);
            assertThat(interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();

            assertThat(next(rx).payload().getInt()).isEqualTo(1);
            assertThat(numbers).containsExactly(0);
            assertThat(subscriber.isComplete()).isFalse();
            var follower = new DemandingSubscriber(numbers);
            rx.asPublisher().subscribe(follower);
            follower.demand(1);
            sendNumbered(tx, 2, 3);
            Await.until("a block", () -> numbers.size() == 2);
            assertThat(numbers).containsExactly(0, 2);
        }
    }

    @Test
    void aSubscriberThatThrowsIsTold() throws Exception {
        var subscriber = new DemandingSubscriber(new CopyOnWriteArrayList<>());
        subscriber.onBlock(() -> {
            throw new AssertionError("a subscriber that fails");
        });
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open()) {
            rx.asPublisher().subscribe(subscriber);
            subscriber.demand(5);
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 2);

            Await.until("told", () -> subscriber.error() instanceof AssertionError);
            assertThat(next(rx).payload().getInt()).isEqualTo(1);
        }
    }

    @Test
    void aStreamOfBytesTellsWhatCanBeReadWithoutWaiting() throws Exception {
        try (RistReceiver rx = receiver("?buffer=100").open();
                RistSender tx = sender("?buffer=100").open()) {
            InputStream in = rx.asInputStream();
            assertThat(in.available()).isZero();
            tx.awaitConnected(PATIENCE);
            sendNumbered(tx, 0, 1);
            Await.until("queued", () -> rx.stats().queuedPackets() == 1);

            assertThat(in.available()).isEqualTo(1316);
            assertThat(in.read()).isZero();
            assertThat(in.available()).isEqualTo(1315);
        }
    }

    @Test
    void countsWhatAHandlerDoesInItsSession() throws Exception {
        var counted = new AtomicInteger();
        byte[] payload = new byte[1400];
        Arrays.fill(payload, (byte) 5);
        try (RistReceiver rx =
                        receiver("?buffer=100")
                                .onBlock(b -> {
                                    ByteBuffer copy = ByteBuffer.allocate(1400);
                                    b.copyTo(copy);
                                    if (Arrays.equals(copy.array(), payload)) {
                                        counted.incrementAndGet();
                                    }
                                })
                                .open();
                RistSender tx = sender("?buffer=100").open()) {
            tx.awaitConnected(PATIENCE);
            near.pump()
                    .execute(() -> {
                        try { // on the network thread, without a queue
                            for (int i = 0; i < 10; i++) {
                                tx.send(
                                        ByteBuffer.wrap(payload),
                                        0,
                                        1400,
                                        near.pump().clock().nowNs());
                            }
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });

            Await.until("10 payloads", () -> counted.get() == 10);
            assertThat(rx.stats().lostPackets()).isZero();
        }
    }
}
