package io.rist4j.bench.flows;

import io.rist4j.RistHandle;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** Waits for peers. */
final class Waiting {
    private static final long LOOK_MS = 100;

    private Waiting() {}

    /** Waits until all of them have a peer; returns how many have one. */
    static int forPeers(Collection<? extends RistHandle> handles, int seconds)
            throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            int connected = (int) handles.stream().filter(RistHandle::isConnected).count();
            if (connected == handles.size() || System.nanoTime() >= untilNs) {
                return connected;
            }
            Thread.sleep(LOOK_MS);
        }
    }
}
