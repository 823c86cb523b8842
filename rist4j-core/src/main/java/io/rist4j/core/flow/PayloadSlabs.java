package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * Memory for the payloads of a history: direct buffers of one size, filled one after the other and
 * reused when all that they hold is forgotten; the first one is small. Holds about what the history
 * holds; grows one slab at a time, up to a limit, and gives back what stayed unused for long. Not
 * thread-safe.
 */
final class PayloadSlabs {
    /**
     * Small enough that a quiet flow costs little, large enough that the room lost at its end does
     * not matter: 0.5 % with 1316 byte payloads.
     */
    static final int SLAB_BYTES = 256 * 1024;

    /** The least slab: a quiet flow takes some of these. */
    static final int FIRST_BYTES = 16 * 1024;

    /** One to write to while the other is still asked from. */
    private static final int LEAST_SLABS = 2;

    /** How long spare slabs must have stayed unused before half of them goes. */
    private static final long TRIM_PERIOD_NS = 30 * SessionTime.SECOND;

    /** Memory of consecutive packets. */
    static final class Slab {
        final ByteBuffer buffer;
        int usedBytes;
        long lastSequence;
        @Nullable Slab next;

        Slab(ByteBuffer buffer) {
            this.buffer = buffer;
        }
    }

    private final IntFunction<ByteBuffer> memory;
    private long mostBytes;
    private int slabs;
    private long bytes;
    private @Nullable Slab oldest;
    private @Nullable Slab newest;
    private @Nullable Slab spare;
    private int spares;
    private int leastSpares;
    private long trimNs;

    /**
     * No memory yet.
     *
     * @param maxBytes limit of all slabs together, at least two slabs
     */
    PayloadSlabs(long maxBytes) {
        this(maxBytes, ByteBuffer::allocateDirect);
    }

    /** The same with memory from elsewhere; it may throw {@link OutOfMemoryError}. */
    PayloadSlabs(long maxBytes, IntFunction<ByteBuffer> memory) {
        this.memory = memory;
        mostBytes = SLAB_BYTES * Math.max(LEAST_SLABS, maxBytes / SLAB_BYTES);
    }

    /**
     * The slab to write the next packet to, at its {@code usedBytes}.
     *
     * @return null when the limit is reached: forget packets and try again
     */
    @Nullable Slab room(int length) {
        Slab slab = newest;
        if (slab != null && slab.buffer.capacity() - slab.usedBytes >= length) {
            return slab;
        }
        Slab fresh = take(length);
        if (fresh == null) {
            return null;
        }
        if (slab == null) {
            oldest = fresh;
        } else {
            slab.next = fresh;
        }
        newest = fresh;
        return fresh;
    }

    private @Nullable Slab take(int length) {
        Slab slab = spare;
        if (slab != null && slab.buffer.capacity() >= length) {
            spare = slab.next;
            slab.next = null;
            leastSpares = Math.min(leastSpares, --spares);
            return slab;
        }
        int size = (int) Math.min(sizeFor(length), mostBytes - bytes);
        if (size < Math.max(length, FIRST_BYTES)) {
            return null;
        }
        try {
            Slab fresh = new Slab(memory.apply(size));
            slabs++;
            bytes += size;
            return fresh;
        } catch (OutOfMemoryError full) {
            // The host has no more direct memory for us: a shorter history beats a dead stream.
            if (slabs < LEAST_SLABS) {
                throw full;
            }
            mostBytes = bytes;
            return null;
        }
    }

    /** A fraction of what there is already, so that few packets take little. */
    private int sizeFor(int length) {
        int size = Integer.highestOneBit((int) Math.min(SLAB_BYTES, bytes / 4) | 1);
        return length > FIRST_BYTES ? SLAB_BYTES : Math.max(FIRST_BYTES, size);
    }

    /** Makes the slabs spare that hold nothing from {@code firstKept} on. */
    void forgetBefore(long firstKept) {
        for (Slab slab = oldest; slab != null && slab.lastSequence < firstKept; slab = oldest) {
            if (slab == newest) {
                // The only one: it is filled again from its beginning.
                slab.usedBytes = 0;
                return;
            }
            oldest = slab.next;
            if (2 * slab.buffer.capacity() < sizeFor(0)) {
                slabs--; // the flow has grown, and takes larger ones
                bytes -= slab.buffer.capacity();
                continue;
            }
            slab.usedBytes = 0;
            slab.next = spare;
            spare = slab;
            spares++;
        }
    }

    /** Gives back half of what was not needed since the last time, now and then. */
    void trim(long nowNs) {
        if (nowNs < trimNs) {
            return;
        }
        trimNs = nowNs + TRIM_PERIOD_NS;
        for (int drop = leastSpares / 2; drop > 0; drop--) {
            Slab slab = spare;
            if (slab == null) {
                break;
            }
            spare = slab.next;
            spares--;
            slabs--;
            bytes -= slab.buffer.capacity();
        }
        leastSpares = spares;
    }

    /** Gives everything back; nothing that was kept is needed any more. */
    void release() {
        oldest = null;
        newest = null;
        spare = null;
        slabs = 0;
        spares = 0;
        leastSpares = 0;
        bytes = 0;
    }

    /** All memory, spare slabs included. */
    long bytes() {
        return bytes;
    }
}
