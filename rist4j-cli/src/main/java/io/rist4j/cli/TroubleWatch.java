package io.rist4j.cli;

import io.rist4j.RistPump;
import io.rist4j.cli.media.Troubled;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks inputs and outputs what they left out, after a second, then every five, and at the end: so
 * whoever floods them costs a line in that time, with a count.
 */
final class TroubleWatch implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final List<? extends Troubled> watched;
    private final RistPump pump;
    private final Screen screen;
    private final CountDownLatch ended = new CountDownLatch(1);

    TroubleWatch(List<? extends Troubled> watched, RistPump pump, Screen screen) {
        this.watched = watched;
        this.pump = pump;
        this.screen = screen;
        if (!watched.isEmpty()) {
            Thread.ofVirtual().name("rist-trouble").start(this::run);
        }
    }

    private void run() {
        Duration pause = FIRST;
        try {
            while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                tell();
                pause = EVERY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        var asked =
                new FutureTask<List<String>>(
                        () -> watched.stream().flatMap(one -> one.troubles().stream()).toList());
        try {
            pump.execute(asked);
            asked.get().forEach(trouble -> screen.log(LogLevel.WARNING, trouble));
        } catch (RejectedExecutionException | ExecutionException over) {
            // the pump has ended, and with it what it served
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once more. Before the inputs, outputs and pump are closed. */
    @Override
    public void close() {
        if (ended.getCount() > 0 && !watched.isEmpty()) {
            tell();
        }
        ended.countDown();
    }
}
