package io.rist4j.testkit.simulation;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.host.Worker;
import io.rist4j.testkit.link.SeededRandom;
import io.rist4j.testkit.network.VirtualClock;

import java.util.ArrayDeque;

/**
 * A host's worker in virtual time: brings results after a while that is drawn for each, in the
 * order in which they were asked for.
 */
final class SimulatedWorker implements Worker {
    private record Job(long dueNs, Computation computation) {}

    private final VirtualClock clock;
    private final SeededRandom random;
    private final long leastNs;
    private final long mostNs;
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private long lastDueNs;

    SimulatedWorker(VirtualClock clock, TunnelScenario tunnel, long seed) {
        this.clock = clock;
        random = new SeededRandom(seed);
        leastNs = tunnel.leastKeyNs();
        mostNs = tunnel.mostKeyNs();
    }

    @Override
    public void start(long nowNs, Computation computation) {
        if (mostNs == 0) {
            computation.compute();
            computation.onComputed(nowNs);
            return;
        }
        lastDueNs = Math.max(lastDueNs, clock.nowNs() + random.between(leastNs, mostNs));
        jobs.add(new Job(lastDueNs, computation));
    }

    /** When the next result is there, on the network's clock. */
    long nextNs() {
        Job first = jobs.peek();
        return first == null ? SessionTime.NEVER : first.dueNs();
    }

    /**
     * Hands over what is due.
     *
     * @param hostNs the present on the host's clock
     */
    void serve(long hostNs) {
        while (nextNs() <= clock.nowNs()) {
            Computation computation = jobs.remove().computation();
            computation.compute();
            computation.onComputed(hostNs);
        }
    }
}
