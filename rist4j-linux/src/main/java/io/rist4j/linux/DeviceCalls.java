package io.rist4j.linux;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/**
 * The system calls that set a network device up. They have variable arguments, which is another
 * signature and costs some time to link: a class of its own, loaded when a device is opened.
 */
final class DeviceCalls {
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    private static final MethodHandle OPEN =
            Libc.link("open", Libc.ERRNO, Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL =
            Libc.link("ioctl", Libc.ERRNO, Linker.Option.firstVariadicArg(2));

    private DeviceCalls() {}

    /**
     * Opens a file for reading and writing, without waiting.
     *
     * @param path ends with a zero
     */
    static int open(MemorySegment errno, MemorySegment path) {
        try {
            return Libc.call(OPEN, errno, path.address(), O_RDWR | O_NONBLOCK | O_CLOEXEC, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(path);
        }
    }

    static int ioctl(MemorySegment errno, int fd, long request, MemorySegment argument) {
        try {
            return Libc.call(IOCTL, errno, fd, request, argument.address(), 0, 0);
        } finally {
            Reference.reachabilityFence(argument);
        }
    }
}
