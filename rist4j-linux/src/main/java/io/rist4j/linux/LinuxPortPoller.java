package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.DatagramHandler;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortPoller;
import io.rist4j.net.PortSpec;
import io.rist4j.net.SessionClock;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits with {@code ppoll}: on an event descriptor alone to let arrivals gather, on it and the
 * sockets to wait for an arrival. Unlike with epoll, a socket that nobody waits for wakes nobody
 * and costs its sender nothing.
 */
final class LinuxPortPoller implements PortPoller {
    /** {@code struct pollfd}: descriptor 4, wanted 2, seen 2. */
    private static final int POLL_BYTES = 8;

    /** After a pause so many ports are read without asking which of them have something. */
    private static final int READ_UNSEEN = 8;

    private final MemorySegment errno = Libc.newErrno();
    private final MemorySegment timeout = Native.allocate(16);
    private final MemorySegment counter = Native.allocate(8);
    private final MemorySegment one = Native.allocate(8);
    private final MemorySegment writable = Native.allocate(POLL_BYTES);
    private final ReceiveBatch batch = new ReceiveBatch();
    private final List<LinuxPort> ports = new ArrayList<>();
    private final int eventFd;
    private MemorySegment polled = Native.allocate(16 * POLL_BYTES);

    private final Object closing = new Object();
    private boolean closed;

    LinuxPortPoller() {
        eventFd = Libc.eventfd(errno);
        if (eventFd < 0) {
            throw new IllegalStateException("no eventfd: " + Libc.message(-eventFd));
        }
        one.set(JAVA_LONG, 0, 1);
        describe();
    }

    MemorySegment errno() {
        return errno;
    }

    ReceiveBatch receiveBatch() {
        return batch;
    }

    @Override
    public DatagramPort open(PortSpec spec, SessionClock clock, DatagramHandler handler)
            throws IOException {
        var port = new LinuxPort(this, new LinuxSocket(spec, errno), clock, handler);
        ports.add(port);
        describe();
        return port;
    }

    void forget(LinuxPort port) {
        ports.remove(port);
        describe();
    }

    /** Lays out what to poll: the event descriptor first. */
    private void describe() {
        long bytes = (ports.size() + 1L) * POLL_BYTES;
        if (bytes > polled.byteSize()) {
            polled = Native.allocate(2 * bytes);
        }
        describe(0, eventFd);
        for (int i = 0; i < ports.size(); i++) {
            describe(i + 1, ports.get(i).fd());
        }
    }

    private void describe(int index, int fd) {
        polled.set(JAVA_INT, (long) index * POLL_BYTES, fd);
        polled.set(JAVA_SHORT, (long) index * POLL_BYTES + 4, Libc.POLLIN);
    }

    @Override
    public void await(long timeoutNs) {
        if (poll(polled, ports.size() + 1, timeoutNs) > 0) {
            markReady();
            takeWakeUp();
        }
    }

    private void markReady() {
        for (int i = 0; i < ports.size(); i++) {
            if (polled.get(JAVA_SHORT, (i + 1L) * POLL_BYTES + 6) != 0) {
                ports.get(i).setReady();
            }
        }
    }

    @Override
    public void pause(long durationNs) {
        if (poll(polled, 1, durationNs) > 0) {
            takeWakeUp();
        }
        if (ports.size() > READ_UNSEEN) {
            await(0);
            return;
        }
        for (int i = 0; i < ports.size(); i++) {
            ports.get(i).setReady();
        }
    }

    private void takeWakeUp() {
        if (polled.get(JAVA_SHORT, 6) != 0) {
            Libc.read(errno, eventFd, counter);
        }
    }

    void awaitWritable(int fd, long timeoutNs) {
        writable.set(JAVA_INT, 0, fd);
        writable.set(JAVA_SHORT, 4, Libc.POLLOUT);
        poll(writable, 1, timeoutNs);
    }

    private int poll(MemorySegment fds, int count, long timeoutNs) {
        if (timeoutNs == SessionTime.NEVER) {
            return Libc.ppoll(errno, fds, count, MemorySegment.NULL);
        }
        timeout.set(JAVA_LONG, 0, timeoutNs / SessionTime.SECOND);
        timeout.set(JAVA_LONG, 8, timeoutNs % SessionTime.SECOND);
        return Libc.ppoll(errno, fds, count, timeout);
    }

    @Override
    public void wakeUp() {
        synchronized (closing) { // the descriptor may be another's after a close
            if (!closed) {
                Libc.write(eventFd, one);
            }
        }
    }

    @Override
    public void close() {
        synchronized (closing) {
            if (closed) {
                return;
            }
            closed = true;
        }
        for (LinuxPort port : List.copyOf(ports)) {
            port.close();
        }
        Libc.close(errno, eventFd);
    }
}
