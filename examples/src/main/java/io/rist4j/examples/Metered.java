package io.rist4j.examples;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.rist4j.RistReceiver;
import io.rist4j.micrometer.RistMetrics;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** A receiver whose statistics are meters of the registry that a service has. */
public final class Metered implements AutoCloseable {
    private final LongAdder bytes = new LongAdder();
    private final RistReceiver receiver;
    private final RistMetrics metrics;

    /**
     * Begins to receive.
     *
     * @param listen for example {@code rist://@:5000?buffer=300}
     * @param registry of the service
     * @throws IOException when the port cannot be opened
     */
    public Metered(String listen, MeterRegistry registry) throws IOException {
        receiver =
                RistReceiver.builder()
                        .path(listen)
                        .onBlock(block -> bytes.add(block.payloadBytes()))
                        .open();
        metrics = RistMetrics.of(receiver).tagged(Tags.of("stream", "studio"));
        metrics.bindTo(registry); // rist.receiver.lost.packets, rist.path.rtt.smoothed, ...
    }

    /** Bytes of media so far. */
    public long receivedBytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        metrics.close();
        receiver.close();
    }
}
