package io.rist4j.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Room for what one {@code recvmmsg} brings, with the control data that the kernel adds: receive
 * time, size of the datagrams merged, datagrams dropped. One for all ports of a poller.
 *
 * <pre>
 * cmsghdr: len:8 level:4 type:4 data, aligned to 8
 * </pre>
 */
final class ReceiveBatch {
    /** Messages of one call. */
    static final int MESSAGES = 32;

    /**
     * A merged run is up to 64 KiB. The odd multiple of a cache line beyond keeps the beginnings of
     * the slots from falling into the same cache sets.
     */
    private static final int SLOT_BYTES = 65536 + 25 * 64;

    private static final int CONTROL_BYTES = 128;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int SCM_TIMESTAMPNS = 35;
    private static final int SO_RXQ_OVFL = 40;
    private static final int UDP_GRO = 104;
    private static final int SOL_SOCKET = 1;
    private static final int SOL_UDP = 17;

    /** {@link #wallNs} of a message without a timestamp. */
    static final long NO_TIME = Long.MIN_VALUE;

    private final ByteBuffer buffer =
            Native.allocate(MESSAGES * SLOT_BYTES).order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer vectors = Native.allocate(MESSAGES * 16);
    private final MessageArray messages = new MessageArray(MESSAGES, CONTROL_BYTES);
    private long wallNs;
    private int segmentBytes;
    private int drops;

    ReceiveBatch() {
        for (int i = 0; i < MESSAGES; i++) {
            vectors.putLong(i * 16, Native.address(buffer) + at(i));
            vectors.putLong(i * 16 + 8, 65536);
            messages.setVectors(i, Native.address(vectors) + i * 16L, 1);
            reset(i);
        }
    }

    /** Returns how many messages came, or a negative number when there is none to take. */
    int receive(int fd) {
        return Libc.recvmmsg(fd, messages.address(0), MESSAGES);
    }

    /** Makes a message ready to be received into again. */
    void reset(int index) {
        messages.setNameBytes(index, SocketAddress.BYTES);
        messages.setControlBytes(index, CONTROL_BYTES);
    }

    /** All messages; big-endian. */
    ByteBuffer buffer() {
        return buffer;
    }

    int at(int index) {
        return index * SLOT_BYTES;
    }

    int bytes(int index) {
        return messages.bytes(index);
    }

    boolean isTruncated(int index) {
        return (messages.flags(index) & Libc.MSG_TRUNC) != 0;
    }

    ByteBuffer names() {
        return messages.names();
    }

    int nameAt(int index) {
        return messages.nameAt(index);
    }

    /** Reads the control data of a message; the getters below tell what it said. */
    void readControl(int index, int dropsBefore) {
        ByteBuffer control = messages.controls();
        wallNs = NO_TIME;
        segmentBytes = 0;
        drops = dropsBefore;
        int at = messages.controlAt(index);
        int end = at + messages.controlBytes(index);
        while (at + CONTROL_HEADER_BYTES <= end) {
            int length = (int) control.getLong(at);
            int level = control.getInt(at + 8);
            int type = control.getInt(at + 12);
            int data = at + CONTROL_HEADER_BYTES;
            if (level == SOL_SOCKET && type == SCM_TIMESTAMPNS) {
                wallNs = control.getLong(data) * 1_000_000_000L + control.getLong(data + 8);
            } else if (level == SOL_UDP && type == UDP_GRO) {
                segmentBytes = control.getInt(data);
            } else if (level == SOL_SOCKET && type == SO_RXQ_OVFL) {
                drops = control.getInt(data);
            }
            at += Math.max(CONTROL_HEADER_BYTES, (length + 7) & ~7);
        }
    }

    /** When the kernel received it, in ns since 1970; {@link #NO_TIME} when it does not say. */
    long wallNs() {
        return wallNs;
    }

    /** Size of the datagrams that it was merged of, 0 when it is one. */
    int segmentBytes() {
        return segmentBytes;
    }

    /** Datagrams that the socket dropped since it opened, modulo 2^32. */
    int drops() {
        return drops;
    }
}
