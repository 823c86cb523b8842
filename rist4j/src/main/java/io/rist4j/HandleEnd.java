package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a handle: whether it was asked for, whether it has come, why, and who waits for it.
 * Safe for use by several threads.
 */
final class HandleEnd {
    private final CountDownLatch told = new CountDownLatch(1);
    private final CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
    private volatile boolean asked;
    private volatile boolean over;
    private volatile @Nullable Throwable cause;

    /** Nothing new is begun from now on. */
    void ask() {
        asked = true;
    }

    /**
     * Nothing changes any more.
     *
     * @param why what ended it, null when it was asked for
     */
    void come(@Nullable Throwable why) {
        cause = why;
        asked = true;
        over = true;
    }

    /** Lets those go on who wait for it: everybody else has been told. */
    void tell() {
        told.countDown();
        future.complete(null);
    }

    boolean isOpen() {
        return !asked && !over;
    }

    /** Whether the session has ended, so that nothing changes any more. */
    boolean isOver() {
        return over;
    }

    /** What ended the session, null when it was closed or goes on. */
    @Nullable Throwable cause() {
        return cause;
    }

    /** Refuses to go on with a handle that is closed. */
    void checkOpen() throws RistClosedException {
        if (!isOpen()) {
            throw refusal();
        }
    }

    /** What a call is refused with that comes too late. */
    RistClosedException refusal() {
        Throwable why = cause;
        return new RistClosedException(
                why == null ? "the handle is closed" : "the session failed: " + why, why);
    }

    /** Waits for it. */
    void await() throws InterruptedException {
        told.await();
    }

    /** The same, at most so long. */
    boolean await(Duration timeout) throws InterruptedException {
        return told.await(HandleCore.saturatedNs(timeout), TimeUnit.NANOSECONDS);
    }

    /** Completes with it. */
    CompletableFuture<@Nullable Void> future() {
        return future;
    }

    /** How it stands, in a word. */
    @Override
    public String toString() {
        return isOpen() ? "open" : over ? "closed" : "closing";
    }
}
