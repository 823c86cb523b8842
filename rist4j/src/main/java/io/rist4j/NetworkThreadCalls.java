package io.rist4j;

import io.rist4j.host.SessionHost;
import io.rist4j.net.Pump;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * What any thread has the network thread of one session do. A network thread never waits for
 * another: two that wait for each other would park every session they serve.
 */
final class NetworkThreadCalls {
    private final Pump pump;
    private final SessionHost host;
    private final PacketOrigin session;
    private final Supplier<RistClosedException> closed;

    /**
     * @param session knows whether it has ended
     * @param closed what a call after the end is refused with
     */
    NetworkThreadCalls(
            Pump pump,
            SessionHost host,
            PacketOrigin session,
            Supplier<RistClosedException> closed) {
        this.pump = pump;
        this.host = host;
        this.session = session;
        this.closed = closed;
    }

    /**
     * Refuses a call that would wait on a network thread.
     *
     * @param call its name
     * @param instead what to do instead
     */
    static void mayWait(String call, String instead) {
        if (Pump.isAnyPumpThread()) {
            throw new RistNetworkThreadException(call, instead);
        }
    }

    /**
     * Runs something on the network thread, without waiting for it on another network thread. Not
     * at all once the session has ended.
     */
    void run(Runnable action) {
        if (Pump.isAnyPumpThread() && !pump.isPumpThread()) {
            var unused = later(action); // its session has ended, or does it
        } else {
            ask(
                    "closing",
                    () -> {
                        action.run();
                        return true;
                    });
        }
    }

    /** Runs something on the network thread, soon. The future completes there. */
    CompletableFuture<@Nullable Void> later(Runnable action) {
        var done = new CompletableFuture<@Nullable Void>();
        Runnable command =
                () -> {
                    try {
                        action.run();
                        done.complete(null);
                    } catch (RuntimeException refused) {
                        done.completeExceptionally(refused);
                    }
                };
        if (session.isClosed()) {
            done.completeExceptionally(closed.get());
        } else {
            try {
                pump.execute(host, command);
            } catch (RejectedExecutionException over) {
                done.completeExceptionally(closed.get());
            }
        }
        return done;
    }

    /**
     * Computes something from the session, on its thread; once it has ended, on the caller's.
     *
     * @param call its name, for a caller that must not wait for it
     */
    <T> T ask(String call, Supplier<T> question) {
        if (pump.isPumpThread()) {
            pump.touch(host);
            return question.get();
        }
        if (session.isClosed()) {
            return question.get();
        }
        mayWait(call, "call it on a thread of your own");
        var answer = new FutureTask<T>(question::get);
        try {
            pump.execute(host, answer);
        } catch (RejectedExecutionException over) {
            return question.get();
        }
        return answer(answer);
    }

    private static <T> T answer(FutureTask<T> asked) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return asked.get();
                } catch (InterruptedException again) {
                    interrupted = true; // the answer is microseconds away
                } catch (ExecutionException failed) {
                    throw failed.getCause() instanceof RuntimeException refused
                            ? refused
                            : new IllegalStateException(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
