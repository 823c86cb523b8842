package io.rist4j.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ends the process: with a command's exit code, or after SIGINT and SIGTERM, which first let the
 * command drain. The JVM itself then answers 130 or 143.
 */
final class ProcessEnding {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final StopSignal stop;

    ProcessEnding(StopSignal stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(new Thread(this::drain, "rist-stop"));
    }

    private void drain() {
        stop.raise();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process, unless a signal is ending it already. */
    void exit(int code) {
        finished.countDown();
        if (!stop.isRaised()) {
            System.exit(code);
        }
    }
}
