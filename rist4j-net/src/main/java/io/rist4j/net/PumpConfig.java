package io.rist4j.net;

import io.rist4j.core.time.SessionTime;

/**
 * How a {@link Pump} works.
 *
 * @param threadName name of its thread
 * @param provider name of the kind of port, for example {@code nio} or {@code linux}; {@link #AUTO}
 *     takes the best that works here
 * @param maxGatherNs upper bound of the time that arrivals are left to gather, in ns, whatever the
 *     tasks allow; 0 forbids it
 * @param receiveBudget about how many datagrams of one port are handed over before the other ports
 *     and tasks have their turn, 1..1 000 000
 * @param failureListener told of tasks and handlers that threw, on the pump's thread
 */
public record PumpConfig(
        String threadName,
        String provider,
        long maxGatherNs,
        int receiveBudget,
        FailureListener failureListener) {
    /** Arrivals are left to gather for no longer than this, in ns, unless configured otherwise. */
    public static final long DEFAULT_MAX_GATHER_NS = 5 * SessionTime.MILLISECOND;

    /** The provider name that leaves the choice to the pump. */
    public static final String AUTO = "auto";

    /** Told of failures, after they were logged. */
    @FunctionalInterface
    public interface FailureListener {
        /**
         * A task, handler or command threw, or, rarely, the port or poller itself.
         *
         * @param source the {@link PumpTask}, {@link DatagramHandler}, {@link Runnable} or {@link
         *     PortPoller}
         * @param cause what it threw
         */
        void onFailure(Object source, Throwable cause);
    }

    /** Checks the ranges. */
    public PumpConfig {
        if (threadName.isBlank()) {
            throw new IllegalArgumentException("threadName is blank");
        }
        if (maxGatherNs < 0 || maxGatherNs > SessionTime.SECOND) {
            throw new IllegalArgumentException(
                    "maxGatherNs " + maxGatherNs + " is outside 0..1 000 000 000");
        }
        if (receiveBudget < 1 || receiveBudget > 1_000_000) {
            throw new IllegalArgumentException(
                    "receiveBudget " + receiveBudget + " is outside 1..1 000 000");
        }
    }

    /**
     * The best provider, gathering for 5 ms at most, 256 datagrams a turn; failures are only
     * logged.
     */
    public static PumpConfig defaults() {
        return new PumpConfig(
                "rist4j-pump", AUTO, DEFAULT_MAX_GATHER_NS, 256, (source, cause) -> {});
    }

    /**
     * This with another thread name.
     *
     * @param name not blank
     */
    public PumpConfig withThreadName(String name) {
        return new PumpConfig(name, provider, maxGatherNs, receiveBudget, failureListener);
    }

    /**
     * This with another kind of port.
     *
     * @param name of the provider, or {@link #AUTO}
     */
    public PumpConfig withProvider(String name) {
        return new PumpConfig(threadName, name, maxGatherNs, receiveBudget, failureListener);
    }

    /**
     * This with another bound for gathering.
     *
     * @param ns 0..1 s
     */
    public PumpConfig withMaxGatherNs(long ns) {
        return new PumpConfig(threadName, provider, ns, receiveBudget, failureListener);
    }

    /**
     * This with another receive budget.
     *
     * @param datagrams 1..1 000 000
     */
    public PumpConfig withReceiveBudget(int datagrams) {
        return new PumpConfig(threadName, provider, maxGatherNs, datagrams, failureListener);
    }

    /**
     * This with a listener for failures.
     *
     * @param listener called on the pump's thread
     */
    public PumpConfig withFailureListener(FailureListener listener) {
        return new PumpConfig(threadName, provider, maxGatherNs, receiveBudget, listener);
    }
}
