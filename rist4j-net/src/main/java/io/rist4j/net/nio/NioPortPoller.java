package io.rist4j.net.nio;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.DatagramHandler;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortPoller;
import io.rist4j.net.PortSpec;
import io.rist4j.net.SessionClock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits on a selector, whose timeout is in milliseconds; the rest of a wait is a plain park, during
 * which an arrival has to wait for less than a millisecond.
 */
final class NioPortPoller implements PortPoller {
    private static final int AWAKE = 0;
    private static final int SELECTING = 1;
    private static final int PARKED = 2;

    /** From so many ports on, the selector is asked which of them have something to read. */
    private static final int MANY = 9;

    private final Selector selector;
    private final List<NioPort> ports = new ArrayList<>();
    private volatile int state = AWAKE;
    private volatile boolean woken;
    private volatile Thread waiter = Thread.currentThread();

    NioPortPoller() throws IOException {
        selector = Selector.open();
    }

    @Override
    public DatagramPort open(
            PortSpec spec, SessionClock clock, DatagramHandler handler, Runnable onReadable)
            throws IOException {
        var port = new NioPort(this, NioSocket.open(spec), clock, handler, onReadable);
        ports.add(port);
        return port;
    }

    Selector selector() {
        return selector;
    }

    void forget(NioPort port) {
        ports.remove(port);
    }

    @Override
    public void await(long timeoutNs) {
        try {
            if (timeoutNs <= 0) {
                selector.selectNow(NioPortPoller::markReady);
            } else if (timeoutNs < SessionTime.MILLISECOND) {
                park(timeoutNs);
                selector.selectNow(NioPortPoller::markReady);
            } else {
                select(timeoutNs == SessionTime.NEVER ? 0 : timeoutNs / SessionTime.MILLISECOND);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("the selector failed", broken);
        }
    }

    @Override
    public void pause(long durationNs) {
        park(durationNs);
        if (ports.size() >= MANY) {
            selectNow();
            return;
        }
        for (int i = 0; i < ports.size(); i++) {
            ports.get(i).setReady();
        }
    }

    private void selectNow() {
        try {
            selector.selectNow(NioPortPoller::markReady);
        } catch (IOException broken) {
            throw new UncheckedIOException("the selector failed", broken);
        }
    }

    private static void markReady(SelectionKey key) {
        ((NioPort) key.attachment()).setReady();
    }

    private void select(long timeoutMs) throws IOException {
        state = SELECTING;
        if (woken) {
            selector.selectNow(NioPortPoller::markReady);
        } else {
            selector.select(NioPortPoller::markReady, timeoutMs);
        }
        forgetInterrupt();
        state = AWAKE;
        woken = false;
    }

    private void park(long durationNs) {
        waiter = Thread.currentThread();
        state = PARKED;
        long endNs = System.nanoTime() + durationNs;
        for (long leftNs = durationNs; leftNs > 0 && !woken; leftNs = endNs - System.nanoTime()) {
            LockSupport.parkNanos(this, leftNs);
            forgetInterrupt();
        }
        state = AWAKE;
        woken = false;
    }

    /** Handlers may interrupt their own thread; left standing, that would end every wait. */
    private static void forgetInterrupt() {
        boolean ignored = Thread.interrupted();
    }

    @Override
    public void wakeUp() {
        woken = true;
        switch (state) {
            case SELECTING -> selector.wakeup();
            case PARKED -> LockSupport.unpark(waiter);
            default -> {} // the next wait sees the flag
        }
    }

    @Override
    public void close() {
        try {
            for (NioPort port : List.copyOf(ports)) {
                port.close();
            }
            selector.close();
        } catch (IOException ignored) {
            // nothing is left to be saved
        }
    }
}
