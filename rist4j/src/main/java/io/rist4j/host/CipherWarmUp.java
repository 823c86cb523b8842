package io.rist4j.host;

import io.rist4j.crypto.psk.CipherExercise;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the JVM compile its AES before the first packet needs it.
 *
 * <p>Until then a packet costs some 60 µs instead of one, so that a fast stream loads the machine
 * fully, which is what keeps the compiler from its work. Done once in a process, aside, at the
 * lowest priority, within a quarter of a second.
 */
final class CipherWarmUp {
    private static final int PACKETS = 1_500;
    private static final int PACKETS_AT_ONCE = 25;
    private static final long LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private CipherWarmUp() {}

    /** Begins, the first time. Never waits. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it: it only makes way
    static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread.ofPlatform()
                    .daemon()
                    .name("rist-cipher-warm-up")
                    .priority(Thread.MIN_PRIORITY)
                    .start(CipherWarmUp::exercise);
        }
    }

    private static void exercise() {
        var cipher = new CipherExercise();
        long endNs = System.nanoTime() + LIMIT_NS;
        for (int i = 0; i < PACKETS && System.nanoTime() < endNs; i += PACKETS_AT_ONCE) {
            cipher.seal(PACKETS_AT_ONCE);
        }
    }
}
