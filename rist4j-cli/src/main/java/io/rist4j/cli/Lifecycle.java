package io.rist4j.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What a command waits for: its peer, and its end. Safe for use by several threads. */
final class Lifecycle {
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile @Nullable IOException failure;
    private volatile String trouble = "";
    private volatile Supplier<String> suspicion = () -> "";
    private volatile String proved = "";

    /** A peer is there. */
    void connect() {
        connected.complete(true);
    }

    /** Nothing is left to do. */
    void end() {
        ended.complete(false);
    }

    /** Why no peer can come in, for the message when the command gives up. */
    void explain(String why) {
        trouble = why;
    }

    /** A user was proved with a peer, which is not there yet for all that. */
    void prove(String with) {
        proved = with;
    }

    /** With whom a user was proved last; empty when none was. */
    String provedWith() {
        return proved;
    }

    /** Whether it is known why no peer can come in. */
    boolean isExplained() {
        return !trouble.isEmpty();
    }

    /** What to say instead where that is not known. Asked for when the command gives up. */
    void suspect(Supplier<String> what) {
        suspicion = what;
    }

    /** The end of a sentence about a peer that did not come; empty when there is nothing to say. */
    String trouble() {
        String why = isExplained() ? trouble : suspicion.get();
        return why.isEmpty() ? "" : ": " + why;
    }

    /** It cannot go on. The first reason counts. */
    void fail(IOException why) {
        synchronized (this) {
            if (failure == null) {
                failure = why;
            }
        }
        end();
    }

    /** Runs {@code action} when nothing is left to do, on the thread that says so. */
    void onEnd(Runnable action) {
        CompletableFuture<Void> _ = ended.thenRun(action);
    }

    boolean everConnected() {
        return connected.isDone();
    }

    boolean isEnded() {
        return ended.isDone();
    }

    /** Waits for a peer, or the end; false when neither came in time. */
    boolean awaitPeer(long ns) {
        return await(CompletableFuture.anyOf(connected, ended), ns);
    }

    /** Waits for the end. */
    void awaitEnd() {
        while (!await(ended, Long.MAX_VALUE)) {
            // as long as it takes
        }
    }

    private static boolean await(CompletableFuture<?> future, long ns) {
        try {
            future.get(ns, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Throws the reason why it could not go on, if there was one. */
    void rethrow() throws IOException {
        IOException why = failure;
        if (why != null) {
            throw why;
        }
    }
}
