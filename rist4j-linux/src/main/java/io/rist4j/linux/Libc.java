package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/**
 * The system calls that the port makes. Each returns what the call returned, or {@code -errno}
 * where it takes a segment for errno first, made by {@link #newErrno} and used by one thread at a
 * time.
 *
 * <p>Calls that are made often take memory by its address, and whoever calls keeps it reachable.
 * They allocate nothing. They do without errno, because capturing it allocates a view of the
 * segment unless the optimizing compiler sees through it.
 */
final class Libc {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int ENOPROTOOPT = 92;
    static final int ENETDOWN = 100;
    static final int ENETUNREACH = 101;
    static final int ENOBUFS = 105;
    static final int ECONNREFUSED = 111;
    static final int EHOSTDOWN = 112;
    static final int EHOSTUNREACH = 113;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    static final short POLLIN = 1;
    static final short POLLOUT = 4;
    static final short POLLERR = 8;

    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT =
            ERRNO_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    /**
     * One signature for all of them: integers and addresses travel in registers of 64 bits on every
     * system that has this linker, a function looks only at those that it declares and, for an int,
     * at the low half, to which the sign is extended. Each other signature costs some 20 ms at
     * start.
     */
    private static final FunctionDescriptor FIVE_WORDS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle RECVMMSG = link("recvmmsg");
    private static final MethodHandle SENDMMSG = link("sendmmsg");
    private static final MethodHandle PPOLL = link("ppoll");
    private static final MethodHandle READ = link("read");
    private static final MethodHandle WRITE = link("write");

    private static final MethodHandle SOCKET = link("socket", ERRNO);
    private static final MethodHandle BIND = link("bind", ERRNO);
    private static final MethodHandle GETSOCKNAME = link("getsockname", ERRNO);
    private static final MethodHandle SETSOCKOPT = link("setsockopt", ERRNO);
    private static final MethodHandle GETSOCKOPT = link("getsockopt", ERRNO);
    private static final MethodHandle EVENTFD = link("eventfd", ERRNO);
    private static final MethodHandle CLOSE = link("close", ERRNO);
    private static final MethodHandle FAILED_SENDMMSG = link("sendmmsg", ERRNO);

    private Libc() {}

    @SuppressWarnings("restricted") // the functions are those above and those of devices
    static MethodHandle link(String name, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FIVE_WORDS, options);
    }

    /** Room for the errno of calls. */
    static MemorySegment newErrno() {
        return Arena.ofAuto().allocate(ERRNO_LAYOUT);
    }

    /** Sets a signal to what it does by itself. Linked when it is called, which is once at most. */
    static int restoreSignal(MemorySegment errno, int signal) {
        return call(link("signal", ERRNO), errno, signal, 0, 0, 0, 0) == -1 ? -1 : 0;
    }

    static int socket(MemorySegment errno, int family) {
        int type = SOCK_DGRAM | SOCK_NONBLOCK | CLOEXEC;
        return call(SOCKET, errno, family, type, 0, 0, 0);
    }

    static int bind(MemorySegment errno, int fd, MemorySegment address, int bytes) {
        try {
            return call(BIND, errno, fd, address.address(), bytes, 0, 0);
        } finally {
            Reference.reachabilityFence(address);
        }
    }

    static int getsockname(
            MemorySegment errno, int fd, MemorySegment address, MemorySegment bytes) {
        try {
            return call(GETSOCKNAME, errno, fd, address.address(), bytes.address(), 0, 0);
        } finally {
            Reference.reachabilityFence(address);
            Reference.reachabilityFence(bytes);
        }
    }

    static int setsockopt(
            MemorySegment errno, int fd, int level, int name, MemorySegment value, int bytes) {
        try {
            return call(SETSOCKOPT, errno, fd, level, name, value.address(), bytes);
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    static int getsockopt(
            MemorySegment errno,
            int fd,
            int level,
            int name,
            MemorySegment value,
            MemorySegment bytes) {
        try {
            return call(GETSOCKOPT, errno, fd, level, name, value.address(), bytes.address());
        } finally {
            Reference.reachabilityFence(value);
            Reference.reachabilityFence(bytes);
        }
    }

    /** Returns how many messages came, or a negative number: why is not told. */
    static int recvmmsg(int fd, long messages, int count) {
        try {
            return (int)
                    (long)
                            RECVMMSG.invokeExact(
                                    (long) fd, messages, (long) count, (long) MSG_DONTWAIT, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** To learn why it failed, it is made again: what fails for good says so the second time. */
    static int sendmmsg(MemorySegment errno, int fd, long messages, int count) {
        long flags = MSG_DONTWAIT | MSG_NOSIGNAL;
        int sent;
        try {
            sent = (int) (long) SENDMMSG.invokeExact((long) fd, messages, (long) count, flags, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
        return sent >= 0 ? sent : call(FAILED_SENDMMSG, errno, fd, messages, count, flags, 0);
    }

    /**
     * Returns how many are ready, or a negative number: why is not told.
     *
     * @param timeout address of a timespec, or 0 for no bound
     */
    static int ppoll(long fds, int count, long timeout) {
        try {
            return (int) (long) PPOLL.invokeExact(fds, (long) count, timeout, 0L, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int eventfd(MemorySegment errno) {
        return call(EVENTFD, errno, 0, SOCK_NONBLOCK | CLOEXEC, 0, 0, 0);
    }

    /** Returns how many bytes came, or a negative number: why is not told. */
    static int read(int fd, long into, long bytes) {
        try {
            return (int) (long) READ.invokeExact((long) fd, into, bytes, 0L, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Returns how many bytes were taken, or a negative number: why is not told. */
    static int write(int fd, long from, long bytes) {
        try {
            return (int) (long) WRITE.invokeExact((long) fd, from, bytes, 0L, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int close(MemorySegment errno, int fd) {
        return call(CLOSE, errno, fd, 0, 0, 0, 0);
    }

    /** A call of those that are made rarely. Returns what it returned, or {@code -errno}. */
    static int call(
            MethodHandle function, MemorySegment errno, long a, long b, long c, long d, long e) {
        try {
            return result(errno, (int) (long) function.invokeExact(errno, a, b, c, d, e));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    private static int result(MemorySegment errno, int returned) {
        return returned < 0 ? -errno.get(JAVA_INT, ERRNO_AT) : returned;
    }

    static IllegalStateException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a foreign call failed", thrown);
    }

    /** What the system means, in its own words for the errors that users meet. */
    static String message(int errno) {
        return switch (errno) {
            case EPERM -> "Operation not permitted";
            case EACCES -> "Permission denied";
            case ENODEV -> "No such device";
            case EINVAL -> "Invalid argument";
            case 23, 24 -> "Too many open files";
            case 97 -> "Address family not supported";
            case 98 -> "Address already in use";
            case 99 -> "Cannot assign requested address";
            case 101 -> "Network is unreachable";
            case 105 -> "No buffer space available";
            default -> "errno " + errno;
        };
    }
}
