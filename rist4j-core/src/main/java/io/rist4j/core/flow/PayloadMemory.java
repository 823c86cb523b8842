package io.rist4j.core.flow;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Direct memory for the payloads of a receiver, whatever number of flows it has: chunks of one
 * size, allocated as they are needed up to one bound, and handed from flow to flow.
 *
 * <p>A flow may take another chunk while it has no more than {@link #SHARE} times as many as are
 * left. So a flow alone has eight ninths of the memory, however many want all of it each gets as
 * much, and for one that comes later there is room. {@link #LEAST_CHUNKS} are had by every flow in
 * any case, and before them some small pieces: the bound is exceeded by these at most, 352 KiB for
 * each flow.
 *
 * <p>Allocation-free once there are enough chunks. Not thread-safe: of one session.
 */
public final class PayloadMemory {
    /** About 10 ms of a 100 Mb/s stream; holds the largest UDP payload. */
    static final int CHUNK_BYTES = 1 << 17;

    /** One to fill while the other is played. */
    static final int LEAST_CHUNKS = 2;

    /** How many times what is left a flow may have, where there are several. */
    static final int SHARE = 8;

    private static final int MOST_CHUNKS = 1 << 20;

    private final IntFunction<ByteBuffer> system;
    private final boolean isShared;
    private int mostChunks;
    private int chunks;
    private @Nullable ByteBuffer[] spare = new ByteBuffer[4];
    private int spares;

    private PayloadMemory(long maxBytes, boolean isShared, IntFunction<ByteBuffer> system) {
        this.system = system;
        this.isShared = isShared;
        mostChunks =
                (int)
                        Math.max(
                                LEAST_CHUNKS,
                                Math.min(MOST_CHUNKS, (maxBytes / CHUNK_BYTES) + LEAST_CHUNKS));
    }

    /**
     * For one flow, which may have all of it.
     *
     * @param maxBytes the bound; two chunks more are taken for what is being filled and played
     */
    public static PayloadMemory ofOne(long maxBytes) {
        return new PayloadMemory(maxBytes, false, ByteBuffer::allocateDirect);
    }

    /**
     * For all flows of a session together.
     *
     * @param maxBytes the bound, as above
     */
    public static PayloadMemory shared(long maxBytes) {
        return new PayloadMemory(maxBytes, true, ByteBuffer::allocateDirect);
    }

    /** For one flow, from elsewhere, which may throw {@link OutOfMemoryError}. */
    static PayloadMemory from(IntFunction<ByteBuffer> system, long maxBytes) {
        return new PayloadMemory(maxBytes, false, system);
    }

    /**
     * Another chunk, of {@link #CHUNK_BYTES}.
     *
     * @param had how many the flow has
     * @return null when it may have no more
     */
    @Nullable ByteBuffer take(int had) {
        if (had >= LEAST_CHUNKS && !mayHave(had)) {
            return null;
        }
        if (spares > 0) {
            ByteBuffer chunk = spare[--spares];
            spare[spares] = null;
            return chunk;
        }
        try {
            ByteBuffer fresh = system.apply(CHUNK_BYTES);
            chunks++;
            return fresh;
        } catch (OutOfMemoryError full) {
            // The host has no more direct memory for us: a shorter buffer beats a dead stream.
            if (had < LEAST_CHUNKS) {
                throw full;
            }
            mostChunks = chunks;
            return null;
        }
    }

    private boolean mayHave(int had) {
        int left = (mostChunks - chunks) + spares;
        return isShared ? had <= (long) SHARE * left && left > 0 : left > 0;
    }

    /**
     * A small piece that need not be given back, for a quiet stream.
     *
     * @param had how many the flow has
     * @return null when the host has no more
     */
    @Nullable ByteBuffer small(int bytes, int had) {
        try {
            return system.apply(bytes);
        } catch (OutOfMemoryError full) {
            if (had == 0) {
                throw full;
            }
            return null;
        }
    }

    /** Takes back a chunk of {@link #take}. */
    void give(ByteBuffer chunk) {
        if (chunks > mostChunks) {
            chunks--; // of those that were had in any case
            return;
        }
        if (spares == spare.length) {
            spare = Arrays.copyOf(spare, 2 * spares);
        }
        spare[spares++] = chunk;
    }

    /** Gives the system what nobody uses. */
    void trim() {
        Arrays.fill(spare, null);
        chunks -= spares;
        spares = 0;
    }

    /** What it has of the system now, in bytes; small pieces are not counted. */
    public long bytes() {
        return (long) chunks * CHUNK_BYTES;
    }
}
