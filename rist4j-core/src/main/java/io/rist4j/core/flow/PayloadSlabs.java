package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * Memory for the payloads of a history: direct buffers of one size, filled one after the other and
 * reused when all that they hold is forgotten. Holds about what the history holds; grows one slab
 * at a time, up to a limit, and gives back what stayed unused for long. Not thread-safe.
 */
final class PayloadSlabs {
    /**
     * Small enough that a quiet flow costs little, large enough that the room lost at its end does
     * not matter: 0.5 % with 1316 byte payloads.
     */
    static final int SLAB_BYTES = 256 * 1024;

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

    private final Supplier<ByteBuffer> memory;
    private int maxSlabs;
    private int slabs;
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
        this(maxBytes, () -> ByteBuffer.allocateDirect(SLAB_BYTES));
    }

    /** The same with memory from elsewhere; it may throw {@link OutOfMemoryError}. */
    PayloadSlabs(long maxBytes, Supplier<ByteBuffer> memory) {
        this.memory = memory;
        maxSlabs = (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_SLABS, maxBytes / SLAB_BYTES));
    }

    /**
     * The slab to write the next packet to, at its {@code usedBytes}.
     *
     * @return null when the limit is reached: forget packets and try again
     */
    @Nullable Slab room(int bytes) {
        Slab slab = newest;
        if (slab != null && SLAB_BYTES - slab.usedBytes >= bytes) {
            return slab;
        }
        Slab fresh = take();
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

    private @Nullable Slab take() {
        Slab slab = spare;
        if (slab != null) {
            spare = slab.next;
            slab.next = null;
            leastSpares = Math.min(leastSpares, --spares);
            return slab;
        }
        if (slabs == maxSlabs) {
            return null;
        }
        try {
            Slab fresh = new Slab(memory.get());
            slabs++;
            return fresh;
        } catch (OutOfMemoryError full) {
            // The host has no more direct memory for us: a shorter history beats a dead stream.
            if (slabs < LEAST_SLABS) {
                throw full;
            }
            maxSlabs = slabs;
            return null;
        }
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
        }
        leastSpares = spares;
    }

    /** All memory, spare slabs included. */
    long bytes() {
        return (long) slabs * SLAB_BYTES;
    }
}
