package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

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
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int ENOPROTOOPT = 92;
    static final int ECONNREFUSED = 111;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT =
            ERRNO_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            handle("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            handle(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            handle(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle RECVMMSG =
            link(
                    "recvmmsg",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final FunctionDescriptor SENDMMSG_TYPE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle SENDMMSG = link("sendmmsg", SENDMMSG_TYPE);
    private static final MethodHandle PPOLL =
            link(
                    "ppoll",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle EVENTFD =
            handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static final MethodHandle WRITE =
            link("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));

    /** Linked when a send first fails. */
    private static final class FailedSend {
        static final MethodHandle SENDMMSG = handle("sendmmsg", SENDMMSG_TYPE);
    }

    private Libc() {}

    private static MethodHandle handle(String name, FunctionDescriptor function) {
        return link(name, function, ERRNO);
    }

    @SuppressWarnings("restricted") // the functions and their signatures are those above
    private static MethodHandle link(
            String name, FunctionDescriptor function, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), function, options);
    }

    /** Room for the errno of calls. */
    static MemorySegment newErrno() {
        return Arena.ofAuto().allocate(ERRNO_LAYOUT);
    }

    static int socket(MemorySegment errno, int family) {
        try {
            int type = SOCK_DGRAM | SOCK_NONBLOCK | CLOEXEC;
            return result(errno, (int) SOCKET.invokeExact(errno, family, type, 0));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int bind(MemorySegment errno, int fd, MemorySegment address, int bytes) {
        try {
            return result(errno, (int) BIND.invokeExact(errno, fd, address, bytes));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int getsockname(
            MemorySegment errno, int fd, MemorySegment address, MemorySegment bytes) {
        try {
            return result(errno, (int) GETSOCKNAME.invokeExact(errno, fd, address, bytes));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int setsockopt(
            MemorySegment errno, int fd, int level, int name, MemorySegment value, int bytes) {
        try {
            return result(
                    errno, (int) SETSOCKOPT.invokeExact(errno, fd, level, name, value, bytes));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
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
            return result(
                    errno, (int) GETSOCKOPT.invokeExact(errno, fd, level, name, value, bytes));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Returns how many messages came, or a negative number: why is not told. */
    static int recvmmsg(int fd, long messages, int count) {
        try {
            return (int) RECVMMSG.invokeExact(fd, messages, count, MSG_DONTWAIT, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** To learn why it failed, it is made again: what fails for good says so the second time. */
    static int sendmmsg(MemorySegment errno, int fd, long messages, int count) {
        try {
            int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
            int sent = (int) SENDMMSG.invokeExact(fd, messages, count, flags);
            return sent >= 0
                    ? sent
                    : result(
                            errno,
                            (int)
                                    FailedSend.SENDMMSG.invokeExact(
                                            errno, fd, messages, count, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /**
     * Returns how many are ready, or a negative number: why is not told.
     *
     * @param timeout address of a timespec, or 0 for no bound
     */
    static int ppoll(long fds, int count, long timeout) {
        try {
            return (int) PPOLL.invokeExact(fds, (long) count, timeout, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int eventfd(MemorySegment errno) {
        try {
            return result(errno, (int) EVENTFD.invokeExact(errno, 0, SOCK_NONBLOCK | CLOEXEC));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static void read(int fd, long into, long bytes) {
        try {
            long ignored = (long) READ.invokeExact(fd, into, bytes);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static void write(int fd, long from, long bytes) {
        try {
            long ignored = (long) WRITE.invokeExact(fd, from, bytes);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int close(MemorySegment errno, int fd) {
        try {
            return result(errno, (int) CLOSE.invokeExact(errno, fd));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    private static int result(MemorySegment errno, int returned) {
        return returned < 0 ? -errno.get(JAVA_INT, ERRNO_AT) : returned;
    }

    private static IllegalStateException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a foreign call failed", thrown);
    }

    /** What the system means, in its own words for the errors that users meet. */
    static String message(int errno) {
        return switch (errno) {
            case 1 -> "Operation not permitted";
            case 13 -> "Permission denied";
            case 19 -> "No such device";
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
