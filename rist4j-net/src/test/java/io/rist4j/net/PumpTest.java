package io.rist4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

/** The pump as a thread. */
@Timeout(20)
class PumpTest {
    private static final Endpoint ANY_PORT = Endpoint.ipv4(0x7F000001, 0);
    private static final DatagramHandler IGNORE = (arrivalNs, from, buffer, at, bytes) -> {};

    @Test
    void runsCommandsInOrderOnItsThread() {
        try (var pump = Pump.start(PumpConfig.defaults().withThreadName("test-pump"))) {
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
        var pump = Pump.start(PumpConfig.defaults());
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
        var pump = Pump.start(PumpConfig.defaults());
        pump.close();
        assertThatThrownBy(() -> pump.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pump.open(PortSpec.bind(ANY_PORT), IGNORE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the pump has ended");
    }

    @Test
    void closesFromItsOwnThread() {
        var pump = Pump.start(PumpConfig.defaults());
        pump.execute(pump::close);
        pump.close();
        assertThatThrownBy(() -> pump.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void opensPortsFromAnyThreadAndReportsWhatTheSystemSays() throws IOException {
        try (var pump = Pump.start(PumpConfig.defaults())) {
            Endpoint taken = pump.open(PortSpec.bind(ANY_PORT), IGNORE).localEndpoint();
            assertThatThrownBy(() -> pump.open(PortSpec.bind(taken), IGNORE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.port());
        }
    }

    @Test
    void servesTasksAddedFromAnotherThread() {
        try (var pump = Pump.start(PumpConfig.defaults())) {
            var served = new CompletableFuture<Long>();
            long dueNs = pump.clock().nowNs() + 3_300_000;
            pump.add(
                    new PumpTask() {
                        @Override
                        public long deadlineNs() {
                            return served.isDone() ? Long.MAX_VALUE : dueNs;
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
        assertThatThrownBy(() -> Pump.start(PumpConfig.defaults().withProvider("carrier-pigeon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carrier-pigeon")
                .hasMessageContaining("nio");
        try (var pump = Pump.start(PumpConfig.defaults().withProvider("nio"))) {
            assertThat(pump.stats().provider()).isEqualTo("nio");
        }
    }

    @Test
    void losesNoCommandOfManyThreads() throws InterruptedException {
        var ran = new ArrayList<Integer>();
        var pump = Pump.start(PumpConfig.defaults());
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
    void tellsTheWallClock() {
        try (var pump = Pump.start(PumpConfig.defaults())) {
            long beforeMs = System.currentTimeMillis();
            long wallMs = (pump.clock().nowNs() + pump.clock().wallOffsetNs()) / 1_000_000;
            assertThat(wallMs).isBetween(beforeMs - 1, System.currentTimeMillis() + 1);
        }
    }
}
