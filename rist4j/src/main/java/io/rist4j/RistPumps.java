package io.rist4j;

import io.rist4j.host.PumpLoad;
import io.rist4j.net.PumpConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Some network threads for many senders and receivers, a {@link RistPump} each. A handle that is
 * given all of them takes the one that has least to do when it opens, by how busy they were lately
 * and how many handles they serve, and stays there.
 *
 * <pre>{@code
 * try (RistPumps pumps = RistPumps.of(4)) {
 *     for (int port = 5000; port < 7000; port += 2) {
 *         RistReceiver.builder().path("rist://@:" + port).pump(pumps).onBlock(sink).open();
 *     }
 *     ...
 * }
 * }</pre>
 *
 * <p>One thread serves a thousand flows of 20 packets a second, or one of 60 000; more threads than
 * processors serve no more. Safe for use by several threads.
 */
public final class RistPumps implements AutoCloseable {
    /** Most threads of one object. */
    public static final int MOST_THREADS = 256;

    private final List<RistPump> pumps;
    private final List<PumpLoad> loads;
    private final PumpLoad.Group group = new PumpLoad.Group();

    private RistPumps(List<RistPump> pumps) {
        this.pumps = List.copyOf(pumps);
        loads =
                this.pumps.stream()
                        .map(pump -> new PumpLoad(pump.pump()::stats, pump::handles))
                        .toList();
    }

    /**
     * Starts so many threads, with the best port implementation that works here.
     *
     * @param threads 1..{@link #MOST_THREADS}
     * @throws RistConfigException when it is another number
     */
    public static RistPumps of(int threads) {
        return builder().threads(threads).start();
    }

    /** Begins with as many threads as there are processors. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what they need; all of it has defaults. Not thread-safe. */
    public static final class Builder {
        private PumpConfig config = PumpConfig.defaults();
        private int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());

        private Builder() {}

        /**
         * Sets how many threads there are.
         *
         * @param count 1..{@link #MOST_THREADS}; as many as processors by default
         * @throws RistConfigException when it is another number
         */
        public Builder threads(int count) {
            if (count < 1 || count > MOST_THREADS) {
                throw new RistConfigException(
                        "threads",
                        "threads " + count + " is outside 1.." + MOST_THREADS + " threads");
            }
            threads = count;
            return this;
        }

        /**
         * Names the threads: this, a hyphen and a number from 0 on.
         *
         * @param name not blank; {@code rist4j-pump} by default
         * @throws IllegalArgumentException when it is blank
         */
        public Builder threadName(String name) {
            config = config.withThreadName(name);
            return this;
        }

        /**
         * Chooses what sends and receives their datagrams.
         *
         * @param name as {@link RistPump.Builder#portImplementation}
         */
        public Builder portImplementation(String name) {
            config = config.withProvider(Objects.requireNonNull(name));
            return this;
        }

        /**
         * Listens to what was thrown on one of the threads and stayed with nobody, as {@link
         * RistPump.Builder#onFailure}.
         *
         * @param failures called on the network thread; must not block
         */
        public Builder onFailure(Consumer<Throwable> failures) {
            Objects.requireNonNull(failures);
            config = config.withFailureListener((source, cause) -> failures.accept(cause));
            return this;
        }

        /**
         * Starts them.
         *
         * @throws IllegalArgumentException when that port implementation does not work here
         */
        public RistPumps start() {
            var pumps = new ArrayList<RistPump>();
            try {
                for (int i = 0; i < threads; i++) {
                    pumps.add(RistPump.start(config.withThreadName(config.threadName() + "-" + i)));
                }
            } catch (RuntimeException | Error refused) {
                pumps.forEach(RistPump::close);
                throw refused;
            }
            return new RistPumps(pumps);
        }
    }

    /**
     * The pump that has least to do at present. The next call takes into account that a handle will
     * be opened on it: the handle builders' {@code pump(RistPumps)} calls this when they open one.
     */
    public RistPump next() {
        synchronized (group) {
            return pumps.get(group.choose(loads, System.nanoTime()));
        }
    }

    /** All of them, in the order of their names. */
    public List<RistPump> pumps() {
        return pumps;
    }

    /** Closes the handles that are still open, at once, and ends the threads. */
    @Override
    public void close() {
        pumps.forEach(RistPump::close);
    }
}
