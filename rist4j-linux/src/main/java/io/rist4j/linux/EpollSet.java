package io.rist4j.linux;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The sockets and devices of a poller that has many: the kernel keeps the list of those that have
 * something to read, so that the others cost nothing. For few, asking for all of them is cheaper.
 *
 * <p>Level-triggered: what is left unread is told again.
 */
final class EpollSet {
    private static final int CLOEXEC = 0x80000;
    private static final int ADD = 1;
    private static final int REMOVE = 2;

    /** {@code struct epoll_event}: events 4, data 8, without a gap between them on x86-64. */
    private static final boolean IS_PACKED = "amd64".equals(System.getProperty("os.arch"));

    private static final int EVENT_BYTES = IS_PACKED ? 12 : 16;
    private static final int DATA_AT = IS_PACKED ? 4 : 8;

    private static final MethodHandle CREATE = Libc.link("epoll_create1", Libc.ERRNO);
    private static final MethodHandle CONTROL = Libc.link("epoll_ctl", Libc.ERRNO);
    private static final MethodHandle WAIT = Libc.link("epoll_wait");

    private final MemorySegment errno;
    private final int fd;
    private final ByteBuffer change = Native.allocate(EVENT_BYTES);
    private ByteBuffer events = Native.allocate(16 * EVENT_BYTES);
    private long eventsAddress = Native.address(events);
    private Polled[] byFd = {};
    private int size;

    EpollSet(MemorySegment errno) {
        this.errno = errno;
        fd = Libc.call(CREATE, errno, CLOEXEC, 0, 0, 0, 0);
        if (fd < 0) {
            throw new IllegalStateException("no epoll: " + Libc.message(-fd));
        }
    }

    /** Readable when one of its members is. */
    int fd() {
        return fd;
    }

    void add(Polled member) {
        int memberFd = member.fd();
        change.putInt(0, Libc.POLLIN);
        change.putLong(DATA_AT, memberFd);
        int result = Libc.call(CONTROL, errno, fd, ADD, memberFd, Native.address(change), 0);
        if (result < 0) {
            throw new IllegalStateException("epoll refuses a socket: " + Libc.message(-result));
        }
        if (memberFd >= byFd.length) {
            byFd = Arrays.copyOf(byFd, Math.max(memberFd + 1, 2 * byFd.length));
        }
        byFd[memberFd] = member;
        if (++size > events.capacity() / EVENT_BYTES) {
            events = Native.allocate(2 * size * EVENT_BYTES);
            eventsAddress = Native.address(events);
        }
    }

    /** Before the member is closed. */
    void remove(Polled member) {
        int _ = Libc.call(CONTROL, errno, fd, REMOVE, member.fd(), Native.address(change), 0);
        size--;
    }

    /** Tells those that have something to read, without waiting. */
    void markReady() {
        int ready = waitFor(size);
        for (int i = 0; i < ready; i++) {
            Polled member = byFd[(int) events.getLong(i * EVENT_BYTES + DATA_AT)];
            member.setReady();
            if ((events.getInt(i * EVENT_BYTES) & Libc.POLLERR) != 0) {
                member.setBroken();
            }
        }
    }

    private int waitFor(int most) {
        if (most == 0) {
            return 0;
        }
        try {
            return (int) (long) WAIT.invokeExact((long) fd, eventsAddress, (long) most, 0L, 0L);
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }

    void close() {
        int _ = Libc.close(errno, fd);
    }
}
