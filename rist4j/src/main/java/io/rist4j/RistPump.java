package io.rist4j;

import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network thread for any number of senders and receivers.
 *
 * <p>Handles that are given none share daemon threads among them, as many as there are processors
 * at most: each new handle takes the one with the fewest others, and a thread ends with its last
 * handle. A pump of one's own says which handles share a thread, which port implementation they
 * use, and lives until it is closed.
 *
 * <pre>{@code
 * try (RistPump pump = RistPump.start()) {
 *     RistReceiver in = RistReceiver.builder().path("rist://@:5000").pump(pump).open();
 *     RistSender out = RistSender.builder().path("rist://example.org:6000").pump(pump).open();
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class RistPump implements AutoCloseable {
    private final Pump pump;
    private final Set<RistHandle> handles = ConcurrentHashMap.newKeySet();

    private RistPump(Pump pump) {
        this.pump = pump;
    }

    /** Starts a pump with the best port implementation that works here. */
    public static RistPump start() {
        return start(PumpConfig.defaults());
    }

    /**
     * Starts a pump.
     *
     * @param config thread name, port implementation ({@code nio}, {@code linux} or {@code auto}),
     *     and how it waits
     * @throws IllegalArgumentException when that port implementation does not work here
     */
    public static RistPump start(PumpConfig config) {
        return new RistPump(Pump.start(config));
    }

    /**
     * The pump itself, for programs that put ports or tasks of their own on its thread: a handler
     * there may call {@link RistSender#send(java.nio.ByteBuffer, int, int, long)} without a queue
     * between.
     */
    public Pump pump() {
        return pump;
    }

    /** What sends and receives the datagrams of its handles, and why that. */
    public RistPortImplementation portImplementation() {
        return implementation(pump);
    }

    static RistPortImplementation implementation(Pump pump) {
        return new RistPortImplementation(pump.providerName(), pump.providerReason());
    }

    void add(RistHandle handle) {
        handles.add(handle);
    }

    void remove(RistHandle handle) {
        handles.remove(handle);
    }

    /** Handles that are open. */
    int handles() {
        return handles.size();
    }

    /** Closes the handles that are still open, at once, and ends the thread. */
    @Override
    public void close() {
        List<RistHandle> open = new ArrayList<>(handles);
        open.forEach(RistHandle::abort);
        pump.close();
    }
}
