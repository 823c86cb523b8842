package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * An array of {@code struct mmsghdr} as 64-bit Linux has it, each with room for an address and
 * control data.
 *
 * <pre>
 *  0 name:8   8 namelen:4   16 iov:8   24 iovlen:8   32 control:8   40 controllen:8   48 flags:4
 * 56 len:4   (64 bytes in all)
 * iovec: base:8 len:8
 * </pre>
 */
final class MessageArray {
    private static final int HEADER_BYTES = 64;
    private static final int NAME_STRIDE = 32;

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final int controlBytes;

    /**
     * @param count of messages
     * @param controlBytes of control data for each
     */
    MessageArray(int count, int controlBytes) {
        headers = Native.allocate((long) count * HEADER_BYTES);
        names = Native.allocate((long) count * NAME_STRIDE);
        controls = Native.allocate((long) count * controlBytes);
        this.controlBytes = controlBytes;
        for (int i = 0; i < count; i++) {
            long at = (long) i * HEADER_BYTES;
            headers.set(JAVA_LONG, at, names.address() + nameAt(i));
            headers.set(JAVA_LONG, at + 32, controls.address() + controlAt(i));
        }
    }

    /** The array from a message on, for a system call. */
    MemorySegment from(int index) {
        return index == 0 ? headers : headers.asSlice((long) index * HEADER_BYTES);
    }

    MemorySegment names() {
        return names;
    }

    long nameAt(int index) {
        return (long) index * NAME_STRIDE;
    }

    MemorySegment controls() {
        return controls;
    }

    long controlAt(int index) {
        return (long) index * controlBytes;
    }

    void setNameBytes(int index, int bytes) {
        headers.set(JAVA_INT, (long) index * HEADER_BYTES + 8, bytes);
    }

    void setVectors(int index, long address, int count) {
        headers.set(JAVA_LONG, (long) index * HEADER_BYTES + 16, address);
        headers.set(JAVA_LONG, (long) index * HEADER_BYTES + 24, count);
    }

    void setControlBytes(int index, int bytes) {
        headers.set(JAVA_LONG, (long) index * HEADER_BYTES + 40, bytes);
    }

    int controlBytes(int index) {
        return (int) headers.get(JAVA_LONG, (long) index * HEADER_BYTES + 40);
    }

    int flags(int index) {
        return headers.get(JAVA_INT, (long) index * HEADER_BYTES + 48);
    }

    int bytes(int index) {
        return headers.get(JAVA_INT, (long) index * HEADER_BYTES + 56);
    }
}
