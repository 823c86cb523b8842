package io.rist4j.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that the kernel may read and write. */
final class Native {
    private Native() {}

    /** Zeroed memory that lives as long as the segment is reachable. */
    static MemorySegment allocate(long bytes) {
        return Arena.ofAuto().allocate(bytes, 64);
    }
}
