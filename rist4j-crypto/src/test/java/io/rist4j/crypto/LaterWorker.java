package io.rist4j.crypto;

import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.host.Worker;

import java.util.ArrayDeque;
import java.util.Deque;

/** A worker that works when the test says so. */
public final class LaterWorker implements Worker {
    private final Deque<Computation> waiting = new ArrayDeque<>();
    private int started;

    @Override
    public void start(long nowNs, Computation computation) {
        waiting.add(computation);
        started++;
    }

    /** Does everything that waits, and what that brings. */
    public void work(long nowNs) {
        while (!waiting.isEmpty()) {
            Computation next = waiting.remove();
            next.compute();
            next.onComputed(nowNs);
        }
    }

    /** Computations asked for so far. */
    public int started() {
        return started;
    }

    /** Computations that wait. */
    public int waiting() {
        return waiting.size();
    }
}
