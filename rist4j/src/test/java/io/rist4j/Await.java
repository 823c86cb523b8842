package io.rist4j;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions in tests. */
final class Await {
    /** Longer than anything takes that works. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long LOOK_EVERY_NS = 1_000_000L;

    private Await() {}

    /** Returns when the condition holds; fails when it does not within {@link #PATIENCE}. */
    static void until(String what, BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > PATIENCE.toNanos()) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }
}
