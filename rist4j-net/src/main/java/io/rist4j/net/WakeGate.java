package io.rist4j.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets other threads end the waits of the pump, with one system call for each wait at most and none
 * while the pump is awake.
 */
final class WakeGate {
    private static final int AWAKE = 0;
    private static final int AWAITING = 1;
    private static final int GATHERING = 2;

    private final PortPoller poller;
    private final AtomicInteger state = new AtomicInteger();
    private final AtomicInteger arrivals = new AtomicInteger();
    private volatile boolean wanted;

    WakeGate(PortPoller poller) {
        this.poller = poller;
    }

    /** Ends the present wait, or forbids the next. From any thread. */
    void wake() {
        wanted = true;
        int was = state.get();
        if (was != AWAKE && state.compareAndSet(was, AWAKE)) {
            poller.wakeUp();
        }
    }

    /** The same, but lets the pump finish gathering. From any thread. */
    void wakeSoon() {
        arrivals.incrementAndGet();
        if (state.get() == AWAITING && state.compareAndSet(AWAITING, AWAKE)) {
            poller.wakeUp();
        }
    }

    /**
     * The pump is about to wait.
     *
     * @param gathering whether arrivals must not end the wait
     * @return whether it may; when true, {@link #leave} follows the wait
     */
    boolean enter(boolean gathering) {
        state.set(gathering ? GATHERING : AWAITING);
        if (wanted || (!gathering && arrivals.get() > 0)) {
            leave();
            return false;
        }
        return true;
    }

    /** The pump is awake; what was asked for until now is served by the coming round. */
    void leave() {
        state.set(AWAKE);
        wanted = false;
    }

    /** How many arrivals {@link #wakeSoon} told of since the last call. */
    int takeArrivals() {
        return arrivals.get() == 0 ? 0 : arrivals.getAndSet(0);
    }
}
