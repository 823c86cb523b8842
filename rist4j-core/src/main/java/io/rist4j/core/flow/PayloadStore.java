package io.rist4j.core.flow;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Payload bytes of received packets, appended in order of arrival to chunks of direct memory. A
 * packet lives for about one recovery buffer whatever its sequence number, so whole chunks become
 * free in the order in which they were filled, and the memory in use is little more than the bytes
 * themselves.
 *
 * <p>Chunks come from a {@link PayloadMemory} and go back there once they are empty. As long as
 * little is held they are small ones, which a flow keeps: of a thousand flows of a few packets a
 * second each needs tens of kilobytes. Allocation-free once there are enough of them. Not
 * thread-safe.
 */
final class PayloadStore {
    /** What {@link #put} answers when the bound is reached. */
    static final long FULL = -1;

    /** A small chunk. */
    static final int SMALL_BYTES = 1 << 14;

    /** So many of them at a time: less than one of the others. */
    static final int MOST_SMALL = 6;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final PayloadMemory memory;
    private ByteBuffer[] chunks = new ByteBuffer[4];
    private int[] packets = new int[4];

    /** Places in {@link #chunks} that are empty. */
    private int[] free = new int[4];

    /** Small chunks that are empty. */
    private final Deque<ByteBuffer> spare = new ArrayDeque<>(MOST_SMALL);

    private int small;
    private int large;
    private int used;
    private int freeCount;
    private int open = -1;
    private int openBytes;
    private long storedPackets;
    private long heldBytes;

    PayloadStore(PayloadMemory memory) {
        this.memory = memory;
        Arrays.fill(chunks, NONE);
    }

    /**
     * Copies a payload in; its place, or {@link #FULL}. Lengths are 0..{@link
     * PayloadMemory#CHUNK_BYTES}.
     */
    long put(ByteBuffer buffer, int at, int bytes) {
        if ((open < 0 || openBytes + bytes > chunks[open].capacity()) && !openAnother(bytes)) {
            return FULL;
        }
        chunks[open].put(openBytes, buffer, at, bytes);
        long place = ((long) open << 32) | openBytes;
        openBytes += bytes;
        packets[open]++;
        storedPackets++;
        return place;
    }

    private boolean openAnother(int bytes) {
        if (open >= 0 && packets[open] == 0) {
            if (bytes <= chunks[open].capacity()) {
                openBytes = 0;
                return true;
            }
            shut(open); // a small one, and this is large
            open = -1;
        }
        boolean isQuiet = bytes <= SMALL_BYTES && large == 0 && small < MOST_SMALL;
        ByteBuffer next = isQuiet ? anotherSmall() : memory.take(large);
        if (next == null) {
            return false;
        }
        small += isQuiet ? 1 : 0;
        large += isQuiet ? 0 : 1;
        open = place();
        chunks[open] = next;
        heldBytes += next.capacity();
        openBytes = 0;
        return true;
    }

    private @Nullable ByteBuffer anotherSmall() {
        return spare.isEmpty() ? memory.small(SMALL_BYTES, small) : spare.pop();
    }

    private int place() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (used == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * used);
            Arrays.fill(chunks, used, 2 * used, NONE);
            packets = Arrays.copyOf(packets, 2 * used);
            free = Arrays.copyOf(free, 2 * used);
        }
        return used++;
    }

    private void shut(int place) {
        ByteBuffer chunk = chunks[place];
        heldBytes -= chunk.capacity();
        if (chunk.capacity() == PayloadMemory.CHUNK_BYTES) {
            large--;
            memory.give(chunk);
        } else {
            small--;
            spare.push(chunk);
        }
        chunks[place] = NONE;
        free[freeCount++] = place;
    }

    /** The buffer that a place is in. */
    ByteBuffer buffer(long place) {
        return chunks[(int) (place >> 32)];
    }

    /** Where in {@link #buffer} a place begins. */
    static int at(long place) {
        return (int) place;
    }

    /** Gives a place back. Its bytes stay readable until the next {@link #put}. */
    void release(long place) {
        int chunk = (int) (place >> 32);
        storedPackets--;
        if (--packets[chunk] == 0) {
            if (chunk == open) {
                openBytes = 0;
            } else {
                shut(chunk);
            }
        }
    }

    /** Gives everything back; nothing that is stored is needed any more. */
    void release() {
        for (int place = 0; place < used; place++) {
            if (chunks[place].capacity() == PayloadMemory.CHUNK_BYTES) {
                memory.give(chunks[place]);
            }
        }
        memory.trim();
        spare.clear();
        small = 0;
        large = 0;
        Arrays.fill(chunks, NONE);
        Arrays.fill(packets, 0);
        used = 0;
        freeCount = 0;
        open = -1;
        openBytes = 0;
        storedPackets = 0;
        heldBytes = 0;
    }

    /** How many packets it holds. */
    long storedPackets() {
        return storedPackets;
    }

    /** Memory that it holds. */
    long heldBytes() {
        return heldBytes;
    }
}
