package io.rist4j.host;

import io.rist4j.crypto.host.Computation;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of this process that derives keys and computes proofs, away from the threads that move
 * packets. Ends when it has been idle for a while, and never keeps a process alive.
 */
final class KeyWorker {
    /** Waiting computations; strangers may cause a few hundred a second at most. */
    private static final int QUEUE = 1_024;

    private static final int IDLE_SECONDS = 2;

    private static final ThreadPoolExecutor EXECUTOR =
            new ThreadPoolExecutor(
                    1,
                    1,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(QUEUE),
                    Thread.ofPlatform().daemon().name("rist-keys").factory(),
                    new ThreadPoolExecutor.CallerRunsPolicy());

    static {
        EXECUTOR.allowCoreThreadTimeOut(true);
    }

    private KeyWorker() {}

    /**
     * Computes, then hands over.
     *
     * @param computation its slow half runs here
     * @param then runs here too: posts the other half to its thread
     */
    static void start(Computation computation, Runnable then) {
        EXECUTOR.execute(() -> {
            computation.compute();
            then.run();
        });
    }
}
