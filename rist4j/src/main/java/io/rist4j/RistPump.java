package io.rist4j;

import io.rist4j.access.PumpAccess;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;
import io.rist4j.net.PumpStats;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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
    private final String threadName;
    private final Set<RistHandle> handles = ConcurrentHashMap.newKeySet();

    static {
        PumpAccess.install(RistPump::pump);
    }

    private RistPump(Pump pump, String threadName) {
        this.pump = pump;
        this.threadName = threadName;
    }

    /** Starts a pump with the best port implementation that works here. */
    public static RistPump start() {
        return builder().start();
    }

    /** Starts a pump. */
    static RistPump start(PumpConfig config) {
        return new RistPump(Pump.start(config), config.threadName());
    }

    /** Begins a pump with a name or a port implementation. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a pump needs; all of it has defaults. Not thread-safe. */
    public static final class Builder {
        private PumpConfig config = PumpConfig.defaults();

        private Builder() {}

        /**
         * Names its thread.
         *
         * @param name not blank; {@code rist4j-pump} by default
         * @throws IllegalArgumentException when it is blank
         */
        public Builder threadName(String name) {
            config = config.withThreadName(name);
            return this;
        }

        /**
         * Chooses what sends and receives its datagrams.
         *
         * @param name {@code nio}, the portable one; {@code linux}, which needs {@code
         *     rist4j-linux}; or {@code auto}, the default: the best that works here
         */
        public Builder portImplementation(String name) {
            config = config.withProvider(Objects.requireNonNull(name));
            return this;
        }

        /**
         * Listens to what was thrown on its thread and stayed with nobody, after it was logged:
         * defects of this library, and of what {@link RistPump#execute} ran.
         *
         * @param failures called on the network thread; must not block
         */
        public Builder onFailure(Consumer<Throwable> failures) {
            Objects.requireNonNull(failures);
            config = config.withFailureListener((source, cause) -> failures.accept(cause));
            return this;
        }

        /**
         * Starts it.
         *
         * @throws IllegalArgumentException when that port implementation does not work here
         */
        public RistPump start() {
            return RistPump.start(config);
        }
    }

    Pump pump() {
        return pump;
    }

    /**
     * Runs something on its thread, soon, after what was given before: there {@link
     * RistSender#send(java.nio.ByteBuffer)} sends at once, and nothing may block. What it throws is
     * logged.
     *
     * @param task what to run
     * @throws java.util.concurrent.RejectedExecutionException when the pump is closed
     */
    public void execute(Runnable task) {
        pump.execute(Objects.requireNonNull(task));
    }

    /**
     * Now, on the clock that media times of its handles are told on: in ns since it started. Any
     * thread may ask.
     */
    public long nowNs() {
        return pump.clock().nowNs();
    }

    /** What its thread did since it started. Never waits; any thread may ask. */
    public RistPumpStats stats() {
        PumpStats stats = pump.stats();
        return new RistPumpStats(threadName, PumpStatistics.TABLE.read(stats), stats.wakeUps());
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
