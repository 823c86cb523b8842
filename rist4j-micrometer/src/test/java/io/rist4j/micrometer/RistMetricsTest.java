package io.rist4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistSender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Meters of a sender and a receiver on loopback. */
@Timeout(60)
class RistMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RistPump pump = RistPump.start();
    private RistReceiver receiver;
    private RistSender sender;

    @BeforeEach
    void open() throws IOException {
        receiver =
                RistReceiver.builder()
                        .path("rist://@127.0.0.1:0?profile=main&buffer=50")
                        .pump(pump)
                        .open();
        sender =
                RistSender.builder()
                        .path(
                                "rist://127.0.0.1:"
                                        + receiver.localAddress().getPort()
                                        + "?profile=main&buffer=50")
                        .pump(pump)
                        .open();
        sender.awaitConnected(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        pump.close();
    }

    @Test
    void countsWhatIsSentAndReceived() throws IOException {
        RistMetrics.of(sender).tagged(Tags.of("stream", "a")).bindTo(registry);
        RistMetrics.of(receiver).tagged(Tags.of("stream", "b")).bindTo(registry);
        for (int i = 0; i < 20; i++) {
            sender.send(ByteBuffer.wrap(new byte[188]));
        }

        await(() -> counter("rist.sender.sent.packets") == 20);
        await(() -> counter("rist.receiver.delivered.packets") == 20);
        assertThat(counter("rist.sender.sent.bytes")).isEqualTo(20 * 188);
        assertThat(registry.get("rist.sender.connected").tag("stream", "a").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("rist.receiver.buffer").timeGauge().value()).isPositive();
        Meter refused =
                registry.get("rist.session.refused.datagrams")
                        .tag("reason", "replayed")
                        .tag("stream", "b")
                        .functionCounter();
        assertThat(refused.getId().getDescription()).startsWith("Datagrams that were refused");
        assertThat(refused.getId().getBaseUnit()).isEqualTo("datagrams");
    }

    /** A peer that comes is a path, and has meters from then on. */
    @Test
    void hasMetersOfPathsAsTheyCome() throws IOException {
        RistMetrics.of(receiver).bindTo(registry);
        sender.send(ByteBuffer.wrap(new byte[188]));

        await(() -> {
            double unused = counter("rist.receiver.received.packets"); // a reading looks for paths
            return !registry.find("rist.path.received.packets").functionCounters().isEmpty();
        });
        assertThat(
                        registry.get("rist.path.received.packets")
                                .functionCounter()
                                .getId()
                                .getTag("peer"))
                .startsWith("127.0.0.1:");
    }

    @Test
    void leavesNothingBehind() {
        RistMetrics metrics = RistMetrics.of(sender);
        RistMetrics ofPump = RistMetrics.of(pump);
        metrics.bindTo(registry);
        ofPump.bindTo(registry);
        assertThat(registry.getMeters()).hasSizeGreaterThan(50);
        assertThat(registry.get("rist.pump.rounds").functionCounter().count()).isPositive();

        metrics.close();
        ofPump.close();

        assertThat(registry.getMeters()).isEmpty();
    }

    private double counter(String name) {
        return registry.get(name).functionCounter().count();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(5_000_000);
        }
    }
}
