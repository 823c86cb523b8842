package io.rist4j.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that the kernel may read and write: direct buffers in native byte order, with their
 * addresses as numbers. Plain buffers and numbers take less code on the way into a system call than
 * memory segments do, which counts where every wake-up begins with cold caches. A buffer must stay
 * reachable for as long as the kernel knows its address.
 */
final class Native {
    private Native() {}

    /** Zeroed memory that lives as long as the buffer is reachable, aligned to 8 bytes. */
    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes + 8)
                .alignedSlice(8)
                .limit(bytes)
                .slice()
                .order(ByteOrder.nativeOrder());
    }

    static long address(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).address();
    }
}
