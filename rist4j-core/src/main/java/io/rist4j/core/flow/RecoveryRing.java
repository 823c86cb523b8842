package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;

import java.util.Arrays;

/**
 * The recovery buffer: packets by position, a sequence number that never wraps. One position is
 * either <em>present</em> or not; a missing one still has a place in time, which its neighbours
 * give.
 *
 * <p>Metadata lies in arrays indexed by the low bits of the position, which double as the window of
 * live positions grows, up to a bound; payloads lie in a {@link PayloadStore}. A delivered position
 * stays marked as present until its slot is used again, so that later copies are known for
 * duplicates. Not thread-safe; allocation-free once grown.
 */
final class RecoveryRing {
    /** What a flow begins with, from its first packet on. */
    private static final int FIRST_SLOTS = 1024;

    private static final int RECOVERED = 1 << 31;
    private static final int BYTES_MASK = 0x1FFFF;
    private static final int FRAGMENT_SHIFT = 17;
    private static final int TYPE_SHIFT = 20;
    private static final int CLOCK_SHIFT = 27;

    private final int maxSlots;
    private final PayloadStore payloads;

    private int mask = FIRST_SLOTS - 1;
    private long[] present = {};
    private long[] sourceNs = {};
    private long[] arrivalNs = {};
    private long[] place = {};
    private int[] timestamp = {};
    private int[] shape = {};
    private int[] ports = {};
    private short[] path = {};

    /** Every position below was never opened, or its slot has been used again. */
    private long oldest;

    /** The first position that was not opened yet. */
    private long end;

    RecoveryRing(int maxSlots, PayloadMemory memory) {
        this.maxSlots = Math.max(FIRST_SLOTS, Integer.highestOneBit(Math.max(1, maxSlots - 1)) * 2);
        this.payloads = new PayloadStore(memory);
    }

    /** Forgets everything, and gives its memory back. */
    void release() {
        payloads.release();
        mask = FIRST_SLOTS - 1;
        present = new long[0];
        sourceNs = new long[0];
        arrivalNs = new long[0];
        place = new long[0];
        timestamp = new int[0];
        shape = new int[0];
        ports = new int[0];
        path = new short[0];
        oldest = end;
    }

    /** Most positions that can be open at a time. */
    int maxSlots() {
        return maxSlots;
    }

    /** Memory that payloads take. */
    long payloadBytes() {
        return payloads.heldBytes();
    }

    /** How many payloads it holds. */
    long storedPackets() {
        return payloads.storedPackets();
    }

    /** A flow begins: receivers that wait for one have no slots. */
    private void furnish() {
        present = new long[FIRST_SLOTS / 64];
        sourceNs = new long[FIRST_SLOTS];
        arrivalNs = new long[FIRST_SLOTS];
        place = new long[FIRST_SLOTS];
        timestamp = new int[FIRST_SLOTS];
        shape = new int[FIRST_SLOTS];
        ports = new int[FIRST_SLOTS];
        path = new short[FIRST_SLOTS];
    }

    /** Makes the ring begin at a position, forgetting everything. */
    void startAt(long position) {
        oldest = position;
        end = position;
    }

    /**
     * Opens positions up to and including {@code last} as not present, keeping those from {@code
     * keepFrom} on. Returns false, changing nothing, when they are more than {@code mostSlots}.
     */
    boolean openThrough(long last, long keepFrom, int mostSlots) {
        long span = (last - keepFrom) + 1;
        if (span > Math.min(mostSlots, maxSlots)) {
            return false;
        }
        if (present.length == 0) {
            furnish();
        }
        if (span > mask + 1L) {
            grow(span, keepFrom);
        }
        clear(end, last);
        end = last + 1;
        oldest = Math.max(oldest, end - (mask + 1L));
        return true;
    }

    private void clear(long first, long last) {
        if (last - first >= mask) {
            Arrays.fill(present, 0);
            return;
        }
        for (long position = first; position <= last; position++) {
            int slot = (int) position & mask;
            present[slot >>> 6] &= ~(1L << slot);
        }
    }

    private void grow(long span, long keepFrom) {
        int slots = mask + 1;
        while (slots < span) {
            slots *= 2;
        }
        long[] oldPresent = present;
        int oldMask = mask;
        long from = Math.max(keepFrom, oldest);
        mask = slots - 1;
        present = new long[slots / 64];
        sourceNs = moved(sourceNs, from, oldMask, new long[slots]);
        arrivalNs = moved(arrivalNs, from, oldMask, new long[slots]);
        place = moved(place, from, oldMask, new long[slots]);
        timestamp = moved(timestamp, from, oldMask, new int[slots]);
        shape = moved(shape, from, oldMask, new int[slots]);
        ports = moved(ports, from, oldMask, new int[slots]);
        short[] oldPath = path;
        path = new short[slots];
        for (long position = from; position < end; position++) {
            int was = (int) position & oldMask;
            int is = (int) position & mask;
            path[is] = oldPath[was];
            if ((oldPresent[was >>> 6] & (1L << was)) != 0) {
                present[is >>> 6] |= 1L << is;
            }
        }
        oldest = from;
    }

    private long[] moved(long[] from, long first, int oldMask, long[] to) {
        for (long position = first; position < end; position++) {
            to[(int) position & mask] = from[(int) position & oldMask];
        }
        return to;
    }

    private int[] moved(int[] from, long first, int oldMask, int[] to) {
        for (long position = first; position < end; position++) {
            to[(int) position & mask] = from[(int) position & oldMask];
        }
        return to;
    }

    /** Whether a packet was stored at an open position; false when it is forgotten already. */
    boolean isPresent(long position) {
        int slot = (int) position & mask;
        return position >= oldest && position < end && (present[slot >>> 6] & (1L << slot)) != 0;
    }

    /** Gives an open position that is not present its place in time, and when it was missed. */
    void expect(long position, long expectedSourceNs, long notedNs) {
        int slot = (int) position & mask;
        sourceNs[slot] = expectedSourceNs;
        arrivalNs[slot] = notedNs;
    }

    /**
     * Stores a packet at an open position that is not present. Returns false when full.
     *
     * @param clock which of its epoch's clocks it tells its source time by, 0..3
     */
    boolean store(
            long position, MediaPacket packet, long packetSourceNs, int clock, int packetPath) {
        long where = payloads.put(packet.buffer, packet.payloadAt, packet.payloadBytes);
        if (where == PayloadStore.FULL) {
            return false;
        }
        int slot = (int) position & mask;
        present[slot >>> 6] |= 1L << slot;
        place[slot] = where;
        sourceNs[slot] = packetSourceNs;
        arrivalNs[slot] = packet.arrivalNs;
        timestamp[slot] = (int) packet.timestamp;
        shape[slot] =
                packet.payloadBytes
                        | ((packet.fragment & MediaPacket.WHOLE) << FRAGMENT_SHIFT)
                        | ((packet.payloadType & 0x7F) << TYPE_SHIFT)
                        | (clock << CLOCK_SHIFT)
                        | (packet.retransmission ? RECOVERED : 0);
        ports[slot] = (packet.virtualSourcePort << 16) | (packet.virtualDestinationPort & 0xFFFF);
        path[slot] = (short) packetPath;
        return true;
    }

    /** The first present position from {@code from} on, or {@link #end}. */
    long nextPresent(long from) {
        long position = from;
        while (position < end) {
            int slot = (int) position & mask;
            long word = present[slot >>> 6] >>> slot;
            if (word != 0) {
                return Math.min(end, position + Long.numberOfTrailingZeros(word));
            }
            position += 64 - (slot & 63);
        }
        return end;
    }

    /** The place in time of an open position on its source's clock. */
    long sourceNs(long position) {
        return sourceNs[(int) position & mask];
    }

    /** The first position that was never opened. */
    long end() {
        return end;
    }

    /** When the packet at a present position came, or a missing one was missed. */
    long arrivalNs(long position) {
        return arrivalNs[(int) position & mask];
    }

    /** The wire timestamp of a present position. */
    int timestamp(long position) {
        return timestamp[(int) position & mask];
    }

    /** Which of its epoch's clocks the packet at a present position told its source time by. */
    int clock(long position) {
        return (shape[(int) position & mask] >>> CLOCK_SHIFT) & 3;
    }

    /** Fills a block with what is stored at a present position; the payload stays here. */
    void load(long position, MediaBlock block) {
        int slot = (int) position & mask;
        block.timestamp = timestamp[slot] & 0xFFFF_FFFFL;
        block.sourceNs = sourceNs[slot];
        block.arrivalNs = arrivalNs[slot];
        block.recovered = (shape[slot] & RECOVERED) != 0;
        block.fragment = (shape[slot] >>> FRAGMENT_SHIFT) & MediaPacket.WHOLE;
        block.payloadType = (shape[slot] >>> TYPE_SHIFT) & 0x7F;
        block.virtualSourcePort = ports[slot] >>> 16;
        block.virtualDestinationPort = ports[slot] & 0xFFFF;
        block.path = path[slot] & 0xFFFF;
        block.buffer = payloads.buffer(place[slot]);
        block.payloadAt = PayloadStore.at(place[slot]);
        block.payloadBytes = shape[slot] & BYTES_MASK;
    }

    /** Gives the payload at a present position back; the position stays marked as present. */
    void release(long position) {
        payloads.release(place[(int) position & mask]);
    }
}
