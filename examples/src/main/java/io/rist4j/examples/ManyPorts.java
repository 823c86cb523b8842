package io.rist4j.examples;

import io.rist4j.RistPumps;
import io.rist4j.RistReceiver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** A gateway: a receiver on each of many ports, on a few network threads. */
public final class ManyPorts implements AutoCloseable {
    private final RistPumps pumps;
    private final LongAdder packets = new LongAdder();
    private final List<RistReceiver> receivers = new ArrayList<>();

    /**
     * Begins to receive.
     *
     * @param threads network threads; each receiver gets the one that has least to do
     * @param addresses for example {@code rist://@:5000}, one for each receiver
     * @throws IOException when a port cannot be opened
     */
    public ManyPorts(int threads, List<String> addresses) throws IOException {
        pumps = RistPumps.of(threads);
        try {
            for (String address : addresses) {
                receivers.add(
                        RistReceiver.builder()
                                .path(address)
                                .pump(pumps)
                                .onBlock(block -> packets.increment())
                                .open());
            }
        } catch (IOException | RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /** Packets of all of them so far. */
    public long packets() {
        return packets.sum();
    }

    /** Closes all receivers and ends the threads. */
    @Override
    public void close() {
        pumps.close();
    }
}
