package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What a command wants to know of its terminal and Java cannot tell. Where the system has no
 * answer, or foreign calls are not allowed, there is none; nothing is thrown.
 */
public final class Terminal {
    private static final long TIOCGWINSZ = 0x5413;

    /** {@code struct winsize}: rows, columns, two more. */
    private static final int WINDOW_BYTES = 8;

    private static final int COLUMNS_AT = 2;
    private static final int SIGINT = 2;

    private Terminal() {}

    /**
     * The present width of a terminal in columns; 0 where it is not known.
     *
     * @param fd its file descriptor
     */
    public static int columns(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment window = arena.allocate(WINDOW_BYTES);
            int got = DeviceCalls.ioctl(Libc.newErrno(), fd, TIOCGWINSZ, window);
            return got < 0 ? 0 : window.get(JAVA_SHORT, COLUMNS_AT) & 0xFFFF;
        } catch (RuntimeException | LinkageError unavailable) {
            return 0;
        }
    }

    /**
     * Has the interrupt signal (SIGINT) act again where it is ignored, as a shell has it ignored by
     * what a script runs in the background. It ends the process then, until somebody takes it.
     *
     * @return whether it acts now
     */
    public static boolean restoreInterrupt() {
        try {
            return Libc.restoreSignal(Libc.newErrno(), SIGINT) == 0;
        } catch (RuntimeException | LinkageError unavailable) {
            return false;
        }
    }
}
