package io.rist4j.cli;

import io.rist4j.RistPump;
import io.rist4j.cli.metrics.MetricsServer;
import io.rist4j.cli.metrics.SessionMetrics;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints a session's figures while it runs: a live view on a terminal, log lines otherwise, or
 * statistics at the interval that was asked for. Its own thread, which sleeps between. Serves them
 * as metrics where that was asked for.
 */
final class Reporter implements AutoCloseable {
    private static final long VIEW_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOG_NS = TimeUnit.SECONDS.toNanos(10);

    private final Screen screen;
    private final RunOptions options;
    private final Figures figures;
    private final RistPump pump;
    private final Runnable report;
    private final long everyNs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ending = lock.newCondition();
    private final Thread thread;
    private boolean closed;
    private @Nullable MetricsServer metrics;

    /** Reports as the options want it, from {@link #start} on. */
    Reporter(Screen screen, RunOptions options, Figures figures, RistPump pump) {
        this.screen = screen;
        this.options = options;
        this.figures = figures;
        this.pump = pump;
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

    void start() throws IOException {
        String at = options.metrics;
        if (at != null) {
            metrics = serve(HostPort.parse("--metrics", at, "127.0.0.1"));
        }
        if (everyNs > 0) {
            thread.start();
        }
    }

    private MetricsServer serve(HostPort at) throws IOException {
        try {
            MetricsServer server =
                    MetricsServer.start(
                            at.resolve(), options.metricsNames.text(Version.text(), this::measure));
            screen.log(LogLevel.INFO, "metrics at http://" + shown(at) + "/metrics");
            return server;
        } catch (BindException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "--metrics " + shown(at) + ": " + e.getMessage());
        }
    }

    private static String shown(HostPort at) {
        return (at.host().indexOf(':') < 0 ? at.host() : "[" + at.host() + "]") + ":" + at.port();
    }

    private void measure(SessionMetrics to) {
        figures.measure("", to);
        to.pump(pump.stats());
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
        if (metrics != null) {
            metrics.close();
        }
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
