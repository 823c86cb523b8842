package io.rist4j.core.flow;

import io.rist4j.core.flow.PayloadSlabs.Slab;
import io.rist4j.core.time.SequenceUnwrapper;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The originals that may still be asked for: payload, source time and what was repeated of each, in
 * a ring indexed by widened sequence number. Grows with what is held, up to its limits; then it
 * forgets the oldest. Not thread-safe; allocates only while growing.
 */
final class SenderHistory {
    private static final int FIRST_PACKETS = 64;

    /**
     * Entries cost about 40 bytes each; half a million of them outlast 2 s at 260 000 packets/s.
     */
    private static final int MAX_PACKETS = 1 << 19;

    /** How many are forgotten per packet at most, so that no packet pays for a long pause. */
    private static final int FORGET_AT_ONCE = 16;

    /** {@link #resentNs} of a packet that was not repeated. */
    static final long NOT_RESENT = -1;

    private final long keepNs;
    private final long neededNs;
    private int maxPackets;
    private final PayloadSlabs slabs;

    private long oldest;
    private long next;
    private long heldBytes;
    private long evictedForMemory;
    private long evictedForNumbers;

    private int slotMask;
    private @Nullable Slab[] slabOf = {};
    private int[] at = {};
    private int[] bytes = {};
    private long[] sourceNs = {};
    private long[] sentNs = {};
    private long[] resentNs = {};
    private byte[] resentPath = {};
    private byte[] retries = {};
    private byte[] fragments = {};

    /**
     * An empty history.
     *
     * @param firstSequence what the first packet is called
     * @param sequenceBits 16 or 32; only so many of the latest packets can be named on the wire
     * @param keepNs how long a packet is kept
     * @param neededNs how long one may be in time for a receiver; what is forgotten after it is no
     *     loss
     * @param maxBytes limit of the memory for payloads
     */
    SenderHistory(long firstSequence, int sequenceBits, long keepNs, long neededNs, long maxBytes) {
        this.keepNs = keepNs;
        this.neededNs = neededNs;
        tellsBits(sequenceBits);
        this.slabs = new PayloadSlabs(maxBytes);
        oldest = firstSequence;
        next = firstSequence;
    }

    /** Packets may be named by so many bits from now on; never fewer than before. */
    void tellsBits(int sequenceBits) {
        maxPackets = Math.max(maxPackets, sequenceBits == 16 ? 1 << 16 : MAX_PACKETS);
    }

    /** Forgets everything and gives its memory back. */
    void release() {
        oldest = next;
        heldBytes = 0;
        slabs.release();
        furnish(0);
    }

    /** A flow begins with few slots; before its first packet it has none. */
    private void furnish(int packets) {
        slotMask = packets - 1;
        slabOf = new @Nullable Slab[packets];
        at = new int[packets];
        bytes = new int[packets];
        sourceNs = new long[packets];
        sentNs = new long[packets];
        resentNs = new long[packets];
        resentPath = new byte[packets];
        retries = new byte[packets];
        fragments = new byte[packets];
    }

    /**
     * Copies a payload in as the next packet.
     *
     * @return its widened sequence number
     */
    long append(
            long nowNs,
            long packetSourceNs,
            int fragment,
            ByteBuffer from,
            int fromAt,
            int length) {
        forgetOlderThan(nowNs - keepNs);
        if (at.length == 0) {
            furnish(FIRST_PACKETS);
        }
        if (next - oldest > slotMask && !grow()) {
            evictedForNumbers += isOldestNeeded(nowNs) ? 1 : 0;
            evictOldest();
        }
        Slab slab = slabs.room(length);
        while (slab == null) {
            evictedForMemory += isOldestNeeded(nowNs) ? 1 : 0;
            evictOldest();
            slab = slabs.room(length);
        }
        slabs.trim(nowNs);
        int slot = slot(next);
        slab.buffer.put(slab.usedBytes, from, fromAt, length);
        slabOf[slot] = slab;
        at[slot] = slab.usedBytes;
        bytes[slot] = length;
        fragments[slot] = (byte) fragment;
        sourceNs[slot] = packetSourceNs;
        sentNs[slot] = nowNs;
        resentNs[slot] = NOT_RESENT;
        retries[slot] = 0;
        slab.usedBytes += length;
        slab.lastSequence = next;
        heldBytes += length;
        return next++;
    }

    /** The oldest packet held; equal to {@link #next} when there is none. */
    long oldest() {
        return oldest;
    }

    /** What the next packet will be called. */
    long next() {
        return next;
    }

    boolean isHeld(long sequence) {
        return sequence >= oldest && sequence < next;
    }

    /** The latest packet whose number has these lowest bits, held or not. */
    long widen(long sequence, int bits) {
        return SequenceUnwrapper.ofBits(bits).atOrBelow(sequence, next - 1);
    }

    /** Whether a held packet is older than is kept, only not yet forgotten. */
    boolean isExpired(long nowNs, long sequence) {
        return sentNs[slot(sequence)] < nowNs - keepNs;
    }

    ByteBuffer buffer(long sequence) {
        return Objects.requireNonNull(slabOf[slot(sequence)]).buffer;
    }

    int payloadAt(long sequence) {
        return at[slot(sequence)];
    }

    int payloadBytes(long sequence) {
        return bytes[slot(sequence)];
    }

    /** Which part of a unit it is. */
    int fragment(long sequence) {
        return fragments[slot(sequence)];
    }

    long sourceNs(long sequence) {
        return sourceNs[slot(sequence)];
    }

    /** When it was last repeated, or {@link #NOT_RESENT}. */
    long resentNs(long sequence) {
        return resentNs[slot(sequence)];
    }

    /** On which path it was last repeated. */
    int resentPath(long sequence) {
        return resentPath[slot(sequence)];
    }

    /** How often it was repeated. */
    int retries(long sequence) {
        return retries[slot(sequence)];
    }

    void onResent(long nowNs, long sequence, int path) {
        int slot = slot(sequence);
        resentNs[slot] = nowNs;
        resentPath[slot] = (byte) path;
        retries[slot] = (byte) Math.min(Byte.MAX_VALUE, retries[slot] + 1);
    }

    /** Payload bytes held. */
    long heldBytes() {
        return heldBytes;
    }

    /** Memory taken for payloads. */
    long slabBytes() {
        return slabs.bytes();
    }

    /** How many packets were forgotten for want of memory while they were needed. */
    long evictedForMemory() {
        return evictedForMemory;
    }

    /** How many were because no more can be named. */
    long evictedForNumbers() {
        return evictedForNumbers;
    }

    private int slot(long sequence) {
        return (int) sequence & slotMask;
    }

    private void forgetOlderThan(long firstKeptNs) {
        int left = FORGET_AT_ONCE;
        while (oldest < next && left-- > 0 && sentNs[slot(oldest)] < firstKeptNs) {
            forgetOldest();
        }
        slabs.forgetBefore(oldest);
    }

    private boolean isOldestNeeded(long nowNs) {
        return sentNs[slot(oldest)] > nowNs - neededNs;
    }

    private void evictOldest() {
        forgetOldest();
        slabs.forgetBefore(oldest);
    }

    private void forgetOldest() {
        int slot = slot(oldest++);
        heldBytes -= bytes[slot];
        slabOf[slot] = null;
    }

    private boolean grow() {
        int before = slotMask + 1;
        if (before >= maxPackets) {
            return false;
        }
        // In a ring of twice the size every entry stays where it is or moves up by the old size.
        slabOf = Arrays.copyOf(slabOf, 2 * before);
        at = Arrays.copyOf(at, 2 * before);
        bytes = Arrays.copyOf(bytes, 2 * before);
        sourceNs = Arrays.copyOf(sourceNs, 2 * before);
        sentNs = Arrays.copyOf(sentNs, 2 * before);
        resentNs = Arrays.copyOf(resentNs, 2 * before);
        resentPath = Arrays.copyOf(resentPath, 2 * before);
        retries = Arrays.copyOf(retries, 2 * before);
        fragments = Arrays.copyOf(fragments, 2 * before);
        slotMask = 2 * before - 1;
        for (long sequence = oldest; sequence < next; sequence++) {
            int to = slot(sequence);
            if (to >= before) {
                move(to - before, to);
            }
        }
        return true;
    }

    private void move(int from, int to) {
        slabOf[to] = slabOf[from];
        slabOf[from] = null;
        at[to] = at[from];
        bytes[to] = bytes[from];
        sourceNs[to] = sourceNs[from];
        sentNs[to] = sentNs[from];
        resentNs[to] = resentNs[from];
        resentPath[to] = resentPath[from];
        retries[to] = retries[from];
        fragments[to] = fragments[from];
    }
}
