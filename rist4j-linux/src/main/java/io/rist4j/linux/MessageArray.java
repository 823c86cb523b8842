package io.rist4j.linux;

import java.nio.ByteBuffer;

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

    private final ByteBuffer headers;
    private final ByteBuffer names;
    private final ByteBuffer controls;
    private final long address;
    private final int controlBytes;

    /**
     * @param count of messages
     * @param controlBytes of control data for each
     */
    MessageArray(int count, int controlBytes) {
        headers = Native.allocate(count * HEADER_BYTES);
        names = Native.allocate(count * NAME_STRIDE);
        controls = Native.allocate(count * controlBytes);
        address = Native.address(headers);
        this.controlBytes = controlBytes;
        for (int i = 0; i < count; i++) {
            headers.putLong(i * HEADER_BYTES, Native.address(names) + nameAt(i));
            headers.putLong(i * HEADER_BYTES + 32, Native.address(controls) + controlAt(i));
        }
    }

    /** Address of the array from a message on, for a system call. */
    long address(int index) {
        return address + (long) index * HEADER_BYTES;
    }

    ByteBuffer names() {
        return names;
    }

    int nameAt(int index) {
        return index * NAME_STRIDE;
    }

    ByteBuffer controls() {
        return controls;
    }

    int controlAt(int index) {
        return index * controlBytes;
    }

    void setNameBytes(int index, int bytes) {
        headers.putInt(index * HEADER_BYTES + 8, bytes);
    }

    void setVectors(int index, long vectors, int count) {
        headers.putLong(index * HEADER_BYTES + 16, vectors);
        headers.putLong(index * HEADER_BYTES + 24, count);
    }

    void setControlBytes(int index, int bytes) {
        headers.putLong(index * HEADER_BYTES + 40, bytes);
    }

    int controlBytes(int index) {
        return (int) headers.getLong(index * HEADER_BYTES + 40);
    }

    int flags(int index) {
        return headers.getInt(index * HEADER_BYTES + 48);
    }

    int bytes(int index) {
        return headers.getInt(index * HEADER_BYTES + 56);
    }
}
