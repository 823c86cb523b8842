package io.rist4j.net.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.Wake;
import io.rist4j.net.DatagramHandler;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortSpec;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;
import io.rist4j.net.PumpTask;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The pump as a thread, on one kind of port. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
public abstract class PumpContract {
    private static final Endpoint ANY_PORT = Endpoint.ipv4(0x7F000001, 0);
    private static final DatagramHandler IGNORE = (arrivalNs, from, buffer, at, bytes) -> {};

    private final PumpConfig config;

    /**
     * @param provider name of the kind of port
     */
    protected PumpContract(String provider) {
        config = PumpConfig.defaults().withProvider(provider);
    }

    @Test
    void runsCommandsInOrderOnItsThread() {
        try (var pump = Pump.start(config.withThreadName("test-pump"))) {
            var ran = new ArrayList<Integer>();
            var done = new CompletableFuture<String>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                pump.execute(() -> ran.add(number));
            }
            pump.execute(
                    () -> done.complete(Thread.currentThread().getName() + pump.isPumpThread()));
            assertThat(done.join()).isEqualTo("test-pumptrue");
            assertThat(ran).isEqualTo(IntStream.range(0, 100).boxed().toList());
            assertThat(pump.isPumpThread()).isFalse();
        }
    }

    @Test
    void runsWhatWasAcceptedBeforeItCloses() {
        var ran = new ArrayList<Integer>();
        var pump = Pump.start(config);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            pump.execute(() -> ran.add(number));
        }
        pump.close();
        pump.close();
        assertThat(ran).hasSize(10_000);
    }

    @Test
    void refusesWorkWhenItHasEnded() {
        var pump = Pump.start(config);
        pump.close();
        assertThatThrownBy(() -> pump.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pump.open(PortSpec.bind(ANY_PORT), IGNORE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the pump has ended");
    }

    @Test
    void closesFromItsOwnThread() {
        var pump = Pump.start(config);
        pump.execute(pump::close);
        pump.close();
        assertThatThrownBy(() -> pump.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void opensPortsFromAnyThreadAndReportsWhatTheSystemSays() throws IOException {
        try (var pump = Pump.start(config)) {
            Endpoint taken = pump.open(PortSpec.bind(ANY_PORT), IGNORE).localEndpoint();
            assertThatThrownBy(() -> pump.open(PortSpec.bind(taken), IGNORE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.port());
        }
    }

    @Test
    void servesTasksAddedFromAnotherThread() {
        try (var pump = Pump.start(config)) {
            var served = new CompletableFuture<Long>();
            long dueNs = pump.clock().nowNs() + 3_300_000;
            pump.add(
                    new PumpTask() {
                        @Override
                        public void wakes(Wake wake) {
                            wake.at(served.isDone() ? Long.MAX_VALUE : dueNs, "test");
                        }

                        @Override
                        public void onDeadline(long nowNs) {
                            served.complete(nowNs);
                        }
                    });
            assertThat(served.join()).isGreaterThanOrEqualTo(dueNs);
        }
    }

    @Test
    void namesTheProvidersThatWorkWhenAskedForAnother() {
        assertThatThrownBy(() -> Pump.start(config.withProvider("carrier-pigeon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carrier-pigeon")
                .hasMessageContaining("nio");
        try (var pump = Pump.start(config)) {
            assertThat(pump.stats().provider()).isEqualTo(config.provider());
        }
    }

    @Test
    void losesNoCommandOfManyThreads() throws InterruptedException {
        var ran = new ArrayList<Integer>();
        var pump = Pump.start(config);
        List<Thread> threads =
                IntStream.range(0, 4)
                        .mapToObj(t ->
                                Thread.ofPlatform()
                                        .start(() -> {
                                            for (int i = 0; i < 5_000; i++) {
                                                pump.execute(() -> ran.add(t));
                                            }
                                        }))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        pump.close();
        assertThat(ran).hasSize(20_000);
    }

    @Test
    void anInterruptDoesNotMakeItSpin() {
        try (var pump = Pump.start(config)) {
            var interrupted = new CompletableFuture<Long>();
            pump.execute(() -> {
                Thread.currentThread().interrupt();
                interrupted.complete(pump.stats().rounds());
            });
            long before = interrupted.join();
            var served = new CompletableFuture<Long>();
            long dueNs = pump.clock().nowNs() + 30_000_000;
            pump.add(
                    new PumpTask() {
                        @Override
                        public void wakes(Wake wake) {
                            wake.at(served.isDone() ? Long.MAX_VALUE : dueNs, "test");
                        }

                        @Override
                        public void onDeadline(long nowNs) {
                            served.complete(pump.stats().rounds());
                        }
                    });
            assertThat(served.join() - before).isLessThan(20);
        }
    }

    @Test
    void tellsTheWallClock() {
        try (var pump = Pump.start(config)) {
            long beforeMs = System.currentTimeMillis();
            long wallMs = (pump.clock().nowNs() + pump.clock().wallOffsetNs()) / 1_000_000;
            assertThat(wallMs).isBetween(beforeMs - 1, System.currentTimeMillis() + 1);
        }
    }

    /** Sends back what comes, as a task with traffic. */
    private static final class Echo implements DatagramHandler, PumpTask {
        final AtomicInteger echoed = new AtomicInteger();
        @Nullable DatagramPort port;

        @Override
        public void onDatagram(
                long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
            DatagramPort out = requireNonNull(port);
            int to = out.claim(from, bytes);
            out.sendBuffer().put(to, buffer, at, bytes);
            out.commit(bytes);
            echoed.lazySet(echoed.getPlain() + 1);
        }

        @Override
        public void wakes(Wake wake) {
            wake.at(Long.MAX_VALUE, "test");
        }

        @Override
        public void onDeadline(long nowNs) {}
    }

    @Test
    void servesManyPortsAtOnce() throws IOException {
        var echoes = new ArrayList<Echo>();
        try (var pump = Pump.start(config)) {
            var sockets = new ArrayList<DatagramSocket>();
            var packets = new ArrayList<DatagramPacket>();
            for (int i = 0; i < 40; i++) {
                var echo = new Echo();
                var port = pump.open(PortSpec.bind(ANY_PORT), echo, echo);
                pump.execute(() -> echo.port = port);
                echoes.add(echo);
                sockets.add(socket());
                packets.add(packet(port.localEndpoint()));
            }
            for (int i = 0; i < 40; i++) {
                burst(sockets.get(i), packets.get(i), 30);
                sockets.get(i).close();
            }
        }
        assertThat(echoes).allMatch(echo -> echo.echoed.get() == 30);
    }

    @Test
    void allocatesNothingPerDatagram() throws IOException {
        try (var pump = Pump.start(config);
                var socket = socket()) {
            var echo = new Echo();
            var port = pump.open(PortSpec.bind(ANY_PORT), echo, echo);
            var pumpThread = new CompletableFuture<Long>();
            pump.execute(() -> {
                echo.port = port;
                pumpThread.complete(Thread.currentThread().threadId());
            });
            var packet = packet(port.localEndpoint());
            long id = pumpThread.join();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 2000 && least > 0; i++) {
                long before = AllocationMeter.allocatedBy(id);
                burst(socket, packet, 300);
                least = Math.min(least, AllocationMeter.allocatedBy(id) - before);
            }
            assertThat(echo.echoed.get()).isGreaterThanOrEqualTo(300);
            assertThat(least).isZero();
        }
    }

    /** Bursts of 5, each answered in full before the next. */
    private static void burst(DatagramSocket socket, DatagramPacket packet, int times)
            throws IOException {
        for (int i = 0; i < times; i += 5) {
            for (int k = 0; k < 5; k++) {
                socket.send(packet);
            }
            for (int k = 0; k < 5; k++) {
                socket.receive(packet);
            }
        }
    }

    private static DatagramSocket socket() throws IOException {
        var socket = new DatagramSocket();
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static DatagramPacket packet(Endpoint to) throws IOException {
        return new DatagramPacket(
                new byte[1316], 1316, InetAddress.getByAddress(to.addressBytes()), to.port());
    }
}
