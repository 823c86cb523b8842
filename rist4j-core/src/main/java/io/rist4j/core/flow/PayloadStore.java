package io.rist4j.core.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Payload bytes of received packets, appended in order of arrival to chunks of direct memory. A
 * packet lives for about one recovery buffer whatever its sequence number, so whole chunks become
 * free in the order in which they were filled, and the memory in use is little more than the bytes
 * themselves.
 *
 * <p>Chunks are allocated as they are needed, the first one small, up to a bound, and kept for
 * reuse. Allocation-free once there are enough of them. Not thread-safe.
 */
final class PayloadStore {
    /** What {@link #put} answers when the bound is reached. */
    static final long FULL = -1;

    /** About 10 ms of a 100 Mb/s stream; holds the largest UDP payload. */
    static final int CHUNK_BYTES = 1 << 17;

    /** The first chunk: enough for a quiet stream. */
    static final int FIRST_BYTES = 1 << 14;

    /** One to fill while the other is played. */
    private static final int LEAST_CHUNKS = 2;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final IntFunction<ByteBuffer> memory;
    private int maxChunks;
    private ByteBuffer[] chunks = new ByteBuffer[4];
    private int[] packets = new int[4];
    private int[] free = new int[4];
    private int chunkCount;
    private int freeCount;
    private int open = -1;
    private int openBytes;
    private long storedPackets;
    private long allocatedBytes;

    PayloadStore(long maxBytes) {
        this(maxBytes, ByteBuffer::allocateDirect);
    }

    /** The same with memory from elsewhere; it may throw {@link OutOfMemoryError}. */
    PayloadStore(long maxBytes, IntFunction<ByteBuffer> memory) {
        this.memory = memory;
        maxChunks = (int) Math.max(LEAST_CHUNKS, Math.min(1 << 20, (maxBytes / CHUNK_BYTES) + 2));
        Arrays.fill(chunks, NONE);
    }

    /** Copies a payload in; its place, or {@link #FULL}. Lengths are 0..{@link #CHUNK_BYTES}. */
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
        int next;
        if (open >= 0 && packets[open] == 0) {
            next = open;
        } else if (freeCount > 0) {
            next = free[--freeCount];
        } else if (chunkCount < maxChunks) {
            if (chunkCount == chunks.length) {
                int room = chunkCount * 2;
                chunks = Arrays.copyOf(chunks, room);
                Arrays.fill(chunks, chunkCount, room, NONE);
                packets = Arrays.copyOf(packets, room);
                free = Arrays.copyOf(free, room);
            }
            boolean quiet = chunkCount == 0 && bytes <= FIRST_BYTES;
            if (!allocate(chunkCount, quiet ? FIRST_BYTES : CHUNK_BYTES)) {
                return false;
            }
            next = chunkCount++;
        } else {
            return false;
        }
        int needed = chunkCount > 1 ? CHUNK_BYTES : bytes;
        if (chunks[next].capacity() < needed && !allocate(next, CHUNK_BYTES)) {
            return false;
        }
        open = next;
        openBytes = 0;
        return true;
    }

    private boolean allocate(int chunk, int bytes) {
        try {
            ByteBuffer fresh = memory.apply(bytes);
            allocatedBytes += bytes - chunks[chunk].capacity();
            chunks[chunk] = fresh;
            return true;
        } catch (OutOfMemoryError full) {
            // The host has no more direct memory for us: a shorter buffer beats a dead stream.
            if (chunk < LEAST_CHUNKS) {
                throw full;
            }
            maxChunks = chunk;
            return false;
        }
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
                free[freeCount++] = chunk;
            }
        }
    }

    /** Gives everything back; nothing that is stored is needed any more. */
    void release() {
        Arrays.fill(chunks, NONE);
        Arrays.fill(packets, 0);
        chunkCount = 0;
        freeCount = 0;
        open = -1;
        openBytes = 0;
        storedPackets = 0;
        allocatedBytes = 0;
    }

    /** How many packets it holds. */
    long storedPackets() {
        return storedPackets;
    }

    /** Direct memory taken from the system so far. */
    long allocatedBytes() {
        return allocatedBytes;
    }
}
