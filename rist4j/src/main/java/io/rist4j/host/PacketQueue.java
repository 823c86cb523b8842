package io.rist4j.host;

import io.rist4j.core.flow.MediaBlock;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded queue of packets between two threads: one thread puts, one takes, neither locks. It
 * begins small and doubles while what waits in it needs more, up to its bound; once it has grown,
 * neither thread allocates. Payloads lie one behind the other in one buffer of at most 1,536 bytes
 * for each packet, so that a queue of large packets is full earlier.
 *
 * <p>It grows by moving to a larger ring: what was in the old one is copied, and the old one stays
 * as it was for a thread that reads it at that moment.
 *
 * <p>The putting thread may also drop the oldest packet. So a packet that is being taken is only
 * taken when {@link #release} says so; what was read of it before is worthless otherwise.
 */
public final class PacketQueue {
    /** Bytes for each packet: an Ethernet frame's payload, and some. */
    public static final int BYTES_PER_PACKET = 1536;

    /** Room for the largest datagram, however short the queue. */
    private static final int LEAST_BYTES = 128 << 10;

    /** Answer of {@link #first} when there is nothing to take. */
    public static final long EMPTY = -1;

    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(PacketQueue.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A dozen packets: what a queue holds whose packets are taken as they come. */
    private static final int FIRST_SLOTS = 16;

    private static final int FIRST_BYTES = 16 << 10;

    /** Packets by their number, and their payloads. Written by the putting thread. */
    private static final class Ring {
        final int mask;
        final int capacityBytes;
        final MediaBlock[] slots;
        final long[] droppedBefore;

        /** How many bytes had been written behind each packet. */
        final long[] ends;

        final ByteBuffer bytes;

        Ring(int size, int capacityBytes) {
            this.mask = size - 1;
            this.capacityBytes = capacityBytes;
            bytes = ByteBuffer.allocate(capacityBytes);
            slots = new MediaBlock[size];
            for (int i = 0; i < size; i++) {
                slots[i] = new MediaBlock();
                slots[i].buffer = bytes;
            }
            droppedBefore = new long[size];
            ends = new long[size];
        }
    }

    /** A sender that is fed on the network thread never queues. */
    private static final Ring NONE = new Ring(1, 0);

    private final int limit;
    private final int mostSlots;
    private final int mostBytes;

    /** Published by {@link #tail}, which the taking thread looks at first. */
    private volatile Ring ring = NONE;

    private volatile long head;
    private volatile long tail;
    private long writtenBytes;

    private volatile @Nullable Thread taker;
    private volatile @Nullable Thread putter;

    /**
     * An empty queue.
     *
     * @param packets how many it holds at most
     */
    public PacketQueue(int packets) {
        limit = packets;
        mostSlots = Integer.highestOneBit(Math.max(1, packets - 1)) << 1;
        mostBytes = Math.max(LEAST_BYTES, packets * BYTES_PER_PACKET);
    }

    /**
     * Puts a packet. By the putting thread.
     *
     * @param packet its properties; those that the application sees are copied
     * @param payload holds its payload, which is copied
     * @param at where the payload begins
     * @param length of the payload in bytes
     * @param dropped packets that were dropped in front of this one
     * @return false when there is no room
     */
    public boolean offer(MediaBlock packet, ByteBuffer payload, int at, int length, long dropped) {
        long index = tail;
        int place = roomFor(index, length);
        while (place < 0) {
            if (!grow(index, length)) {
                return false;
            }
            place = roomFor(index, length);
        }
        put(ring, index, place, packet, payload, at, length, dropped);
        tail = index + 1;
        return true;
    }

    private void put(
            Ring to,
            long index,
            int place,
            MediaBlock packet,
            ByteBuffer payload,
            int at,
            int length,
            long dropped) {
        int slot = (int) index & to.mask;
        to.bytes.put(place, payload, at, length);
        copyProperties(packet, to.slots[slot]);
        to.slots[slot].payloadAt = place;
        to.slots[slot].payloadBytes = length;
        to.droppedBefore[slot] = dropped;
        to.ends[slot] = writtenBytes;
    }

    /**
     * Moves to a larger ring, with room for one more packet where the bounds allow. Returns whether
     * it is larger.
     */
    private boolean grow(long index, int length) {
        Ring from = ring;
        long oldest = head;
        if (index - oldest >= limit) {
            return false;
        }
        int size = from.mask + 1;
        int capacity = from.capacityBytes;
        if (index - oldest >= size || from == NONE) {
            size = Math.min(mostSlots, Math.max(FIRST_SLOTS, 2 * size));
        } else {
            capacity = (int) Math.min(mostBytes, 2L * capacity);
        }
        capacity = Math.min(mostBytes, Math.max(FIRST_BYTES, Math.max(capacity, 2 * length)));
        if (size == from.mask + 1 && capacity == from.capacityBytes) {
            return false;
        }
        Ring to = new Ring(size, capacity);
        writtenBytes = 0;
        to.ends[(int) (oldest - 1) & to.mask] = 0;
        for (long number = oldest; number < index; number++) {
            int slot = (int) number & from.mask;
            MediaBlock packet = from.slots[slot];
            int place = (int) writtenBytes;
            writtenBytes += packet.payloadBytes;
            put(
                    to,
                    number,
                    place,
                    packet,
                    from.bytes,
                    packet.payloadAt,
                    packet.payloadBytes,
                    from.droppedBefore[slot]);
        }
        ring = to;
        return true;
    }

    /** Where so many bytes fit in one piece, with the cursor moved behind them; -1 if nowhere. */
    private int roomFor(long index, int length) {
        long oldest = head;
        if (index - oldest >= Math.min(limit, ring.mask + 1)) {
            return -1;
        }
        int capacity = ring.capacityBytes;
        if (length > capacity) {
            return -1;
        }
        long freed = freedBytes(oldest, index);
        long start = writtenBytes;
        int place = (int) (start % capacity);
        if (place + length > capacity) {
            start += capacity - place;
            place = 0;
        }
        if (start + length - freed > capacity) {
            return -1;
        }
        writtenBytes = start + length;
        return place;
    }

    /** The place behind the last packet that is gone; all of it when none is there. */
    private long freedBytes(long oldest, long index) {
        if (oldest == index) {
            return writtenBytes;
        }
        return oldest == 0 ? 0 : ring.ends[(int) (oldest - 1) & ring.mask];
    }

    /** Copies everything but the payload. */
    public static void copyProperties(MediaBlock from, MediaBlock to) {
        to.sequence = from.sequence;
        to.flowId = from.flowId;
        to.timestamp = from.timestamp;
        to.sourceNs = from.sourceNs;
        to.arrivalNs = from.arrivalNs;
        to.dueNs = from.dueNs;
        to.lostBefore = from.lostBefore;
        to.flowStart = from.flowStart;
        to.recovered = from.recovered;
        to.payloadType = from.payloadType;
        to.virtualSourcePort = from.virtualSourcePort;
        to.virtualDestinationPort = from.virtualDestinationPort;
        to.path = from.path;
    }

    /**
     * Drops the oldest packet. By the putting thread.
     *
     * @return false when there was none
     */
    public boolean dropOldest() {
        long oldest = head;
        return oldest < tail && HEAD.compareAndSet(this, oldest, oldest + 1);
    }

    /** The number of the packet to take next, or {@link #EMPTY}. By the taking thread. */
    public long first() {
        long oldest = head;
        return oldest < tail ? oldest : EMPTY;
    }

    /**
     * The packet of that number. Its payload is in the queue's buffer.
     *
     * @param number from {@link #first}
     */
    public MediaBlock packet(long number) {
        Ring present = ring;
        return present.slots[(int) number & present.mask];
    }

    /**
     * How many packets were dropped in front of a packet because there was no room.
     *
     * @param number from {@link #first}
     */
    public long droppedBefore(long number) {
        Ring present = ring;
        return present.droppedBefore[(int) number & present.mask];
    }

    /**
     * Whether what was read of a packet so far is what was put: it was not dropped meanwhile.
     *
     * @param number from {@link #first}
     */
    public boolean isStill(long number) {
        VarHandle.acquireFence();
        return head == number;
    }

    /**
     * Ends taking a packet. By the taking thread.
     *
     * @param number from {@link #first}
     * @return false when it was dropped while it was read: what was read must not be used
     */
    public boolean release(long number) {
        return HEAD.compareAndSet(this, number, number + 1);
    }

    /** Memory taken for packets and payloads, about. By the putting thread. */
    long memoryBytes() {
        return ring.capacityBytes + ring.slots.length * 128L;
    }

    /** Whether there is nothing to take. From any thread. */
    public boolean isEmpty() {
        return head >= tail;
    }

    /** How many packets there are. From any thread. */
    public int size() {
        return (int) Math.max(0, tail - head);
    }

    /**
     * Parks the taking thread until a packet may be there, somebody signals, it is interrupted, or
     * the time is over. May return early.
     *
     * @param ns the longest wait
     */
    public void awaitPacket(long ns) {
        taker = Thread.currentThread();
        try {
            if (isEmpty()) {
                LockSupport.parkNanos(this, ns);
            }
        } finally {
            taker = null;
        }
    }

    /** How many packets were taken or dropped since the beginning. From any thread. */
    public long removed() {
        return head;
    }

    /**
     * Parks the putting thread until there may be room, as {@link #awaitPacket}.
     *
     * @param seenRemoved {@link #removed} from before there was no room
     * @param ns the longest wait
     */
    public void awaitRoom(long seenRemoved, long ns) {
        putter = Thread.currentThread();
        try {
            if (head == seenRemoved) {
                LockSupport.parkNanos(this, ns);
            }
        } finally {
            putter = null;
        }
    }

    /** Ends {@link #awaitPacket}. From any thread. */
    public void signalTaker() {
        Thread waiting = taker;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Ends {@link #awaitRoom}. From any thread. */
    public void signalPutter() {
        Thread waiting = putter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
