package io.rist4j.linux;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.DatagramHandler;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortPoller;
import io.rist4j.net.PortSpec;
import io.rist4j.net.SessionClock;
import io.rist4j.net.tun.PacketHandler;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits with {@code ppoll}: on an event descriptor alone to let arrivals gather, on it and the
 * sockets and network devices to wait for an arrival. Unlike with epoll, a socket that nobody waits
 * for wakes nobody and costs its sender nothing; but asking for each costs more the more there are.
 * So from {@link #MANY} of them on they are in an {@link EpollSet}, for good.
 */
final class LinuxPortPoller implements PortPoller {
    /** {@code struct pollfd}: descriptor 4, wanted 2, seen 2. */
    private static final int POLL_BYTES = 8;

    /** From so many ports on, the system is asked which of them have something to read. */
    static final int MANY = 9;

    private final MemorySegment errno = Libc.newErrno();
    private final ByteBuffer timeout = Native.allocate(16);
    private final long timeoutAddress = Native.address(timeout);
    private final ByteBuffer counter = Native.allocate(8);
    private final ByteBuffer one = Native.allocate(8);
    private final ByteBuffer writable = Native.allocate(POLL_BYTES);
    private final ReceiveBatch batch = new ReceiveBatch();
    private final List<Polled> ports = new ArrayList<>();
    private final SendBatches batches = new SendBatches();
    private @Nullable EpollSet many;
    private final int eventFd;
    private ByteBuffer polled = Native.allocate(16 * POLL_BYTES);
    private long polledAddress;

    private final Object closing = new Object();
    private boolean closed;

    LinuxPortPoller() {
        eventFd = Libc.eventfd(errno);
        if (eventFd < 0) {
            throw new IllegalStateException("no eventfd: " + Libc.message(-eventFd));
        }
        one.putLong(0, 1);
        describe();
    }

    MemorySegment errno() {
        return errno;
    }

    ReceiveBatch receiveBatch() {
        return batch;
    }

    SendBatches sendBatches() {
        return batches;
    }

    @Override
    public DatagramPort open(
            PortSpec spec, SessionClock clock, DatagramHandler handler, Runnable onReadable)
            throws IOException {
        var socket = new LinuxSocket(spec, errno);
        var port = new LinuxPort(this, socket, clock, handler, onReadable);
        serve(port);
        return port;
    }

    @Override
    public TunDevice open(
            TunSpec spec, SessionClock clock, PacketHandler handler, Runnable onReadable)
            throws IOException {
        var device = new LinuxTun(this, spec, clock, handler, onReadable);
        serve(device);
        return device;
    }

    private void serve(Polled port) {
        ports.add(port);
        if (many != null) {
            many.add(port);
        } else if (ports.size() >= MANY) {
            many = new EpollSet(errno);
            ports.forEach(many::add);
        }
        describe();
    }

    void forget(Polled port) {
        ports.remove(port);
        if (many != null) {
            many.remove(port);
        }
        describe();
    }

    /** Lays out what to poll: the event descriptor first. */
    private void describe() {
        if (many != null) {
            describe(1, many.fd());
            return;
        }
        int bytes = (ports.size() + 1) * POLL_BYTES;
        if (bytes > polled.capacity()) {
            polled = Native.allocate(2 * bytes);
        }
        polledAddress = Native.address(polled);
        describe(0, eventFd);
        for (int i = 0; i < ports.size(); i++) {
            describe(i + 1, ports.get(i).fd());
        }
    }

    private void describe(int index, int fd) {
        polled.putInt(index * POLL_BYTES, fd);
        polled.putShort(index * POLL_BYTES + 4, Libc.POLLIN);
    }

    @Override
    public void await(long timeoutNs) {
        int polledPorts = many == null ? ports.size() : 1;
        if (poll(polledAddress, polledPorts + 1, timeoutNs) > 0) {
            markReady();
            takeWakeUp();
        }
    }

    private void markReady() {
        if (many != null) {
            if (seen(1) != 0) {
                many.markReady();
            }
            return;
        }
        for (int i = 0; i < ports.size(); i++) {
            int seen = seen(i + 1);
            if (seen != 0) {
                ports.get(i).setReady();
            }
            if ((seen & Libc.POLLERR) != 0) {
                ports.get(i).setBroken();
            }
        }
    }

    private int seen(int index) {
        return polled.getShort(index * POLL_BYTES + 6);
    }

    @Override
    public void pause(long durationNs) {
        if (poll(polledAddress, 1, durationNs) > 0) {
            takeWakeUp();
        }
        if (many != null) {
            many.markReady();
            return;
        }
        for (int i = 0; i < ports.size(); i++) {
            ports.get(i).setReady();
        }
    }

    private void takeWakeUp() {
        if (seen(0) != 0) {
            Libc.read(eventFd, Native.address(counter), counter.capacity());
        }
    }

    void awaitWritable(int fd, long timeoutNs) {
        writable.putInt(0, fd);
        writable.putShort(4, Libc.POLLOUT);
        poll(Native.address(writable), 1, timeoutNs);
    }

    private int poll(long fds, int count, long timeoutNs) {
        if (timeoutNs == SessionTime.NEVER) {
            return Libc.ppoll(fds, count, 0);
        }
        timeout.putLong(0, timeoutNs / SessionTime.SECOND);
        timeout.putLong(8, timeoutNs % SessionTime.SECOND);
        return Libc.ppoll(fds, count, timeoutAddress);
    }

    @Override
    public void wakeUp() {
        synchronized (closing) { // the descriptor may be another's after a close
            if (!closed) {
                Libc.write(eventFd, Native.address(one), one.capacity());
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
        for (Polled port : List.copyOf(ports)) {
            port.close();
        }
        if (many != null) {
            many.close();
        }
        Libc.close(errno, eventFd);
    }
}
