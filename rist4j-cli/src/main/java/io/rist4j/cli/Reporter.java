package io.rist4j.cli;

import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints a session's figures while it runs: a live view on a terminal, log lines otherwise, or
 * statistics at the interval that was asked for. Its own thread, which sleeps between.
 */
final class Reporter implements AutoCloseable {
    private static final long VIEW_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOG_NS = TimeUnit.SECONDS.toNanos(10);

    private final Screen screen;
    private final Figures figures;
    private final Runnable report;
    private final long everyNs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ending = lock.newCondition();
    private final Thread thread;
    private boolean closed;

    /** Reports as the options want it, from {@link #start} on. */
    Reporter(Screen screen, RunOptions options, Figures figures) {
        this.screen = screen;
        this.figures = figures;
        boolean text = options.statsFormat == RunOptions.StatsFormat.text;
        if (options.statsMs != null) {
            everyNs = TimeUnit.MILLISECONDS.toNanos(options.statsMs);
            report = text ? this::logText : this::printJson;
        } else if (options.statsFormat != null) {
            everyNs = TimeUnit.SECONDS.toNanos(1);
            report = text ? this::logText : this::printJson;
        } else if (screen.isInteractive()) {
            everyNs = VIEW_NS;
            report = this::draw;
        } else {
            everyNs = options.mostVerbose() >= LogLevel.INFO.number() ? LOG_NS : 0;
            report = this::logText;
        }
        thread = Thread.ofPlatform().daemon().name("rist-report").unstarted(this::run);
    }

    void start() {
        if (everyNs > 0) {
            thread.start();
        }
    }

    private void printJson() {
        figures.json().forEach(screen::line);
    }

    private void logText() {
        screen.log(LogLevel.INFO, figures.text());
    }

    private void draw() {
        screen.show(figures.view(screen.columns()));
    }

    private void run() {
        lock.lock();
        try {
            long dueNs = System.nanoTime() + everyNs;
            while (!closed) {
                long leftNs = dueNs - System.nanoTime();
                if (leftNs > 0) {
                    long _ = ending.awaitNanos(leftNs);
                } else {
                    report.run();
                    dueNs = Math.max(dueNs + everyNs, System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Reports once more, sums up and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (thread.isAlive()) {
                report.run();
                screen.leaveView();
            }
            if (!closed) {
                screen.log(LogLevel.INFO, figures.summary());
            }
            closed = true;
            ending.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
