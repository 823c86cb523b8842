package io.rist4j.testkit.link;

import io.rist4j.core.time.SessionTime;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Datagrams on their way, held until their time: a ring of bytes and a heap of exit times.
 *
 * <p>Bytes are stored once for all copies of a datagram and freed in the order of arrival, when
 * everything before them has left too; a datagram that is held long therefore keeps those that came
 * after it in memory. Grows by doubling up to its bound and refuses what does not fit. Copies with
 * equal exit times leave in the order in which they were scheduled. Not thread-safe.
 */
public final class InFlight {
    private static final int FIRST_BYTES = 1 << 20;
    private static final int FIRST_ENTRIES = 1 << 10;

    private final int maxBytes;
    private final boolean direct;
    private ByteBuffer ring;
    private ByteBuffer view;
    private int writeAt;
    private int usedBytes;

    // one entry for each stored datagram, in order of arrival, numbered without end
    private int[] entryAt = new int[FIRST_ENTRIES];
    private int[] entryBytes = new int[FIRST_ENTRIES];
    private int[] entryCharge = new int[FIRST_ENTRIES];
    private int[] entryTag = new int[FIRST_ENTRIES];
    private int[] entryCopies = new int[FIRST_ENTRIES];
    private long firstEntry;
    private long nextEntry;

    // binary heap of copies, least (exit, order) first
    private long[] heapExitNs = new long[FIRST_ENTRIES];
    private long[] heapOrder = new long[FIRST_ENTRIES];
    private long[] heapEntry = new long[FIRST_ENTRIES];
    private int heapSize;
    private long nextOrder;

    /**
     * Nothing on its way.
     *
     * @param maxBytes bound of the bytes held, at least 64 KiB
     * @param direct whether to hold them outside the heap, for sockets
     */
    public InFlight(int maxBytes, boolean direct) {
        if (maxBytes < 1 << 16) {
            throw new IllegalArgumentException(
                    "in flight " + maxBytes + " bytes is outside 65536.." + Integer.MAX_VALUE);
        }
        this.maxBytes = maxBytes;
        this.direct = direct;
        ring = allocate(Math.min(FIRST_BYTES, maxBytes));
        view = ring.duplicate();
    }

    private ByteBuffer allocate(int bytes) {
        return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }

    /** How many copies are on their way. */
    public int size() {
        return heapSize;
    }

    /** Bytes of memory that datagrams hold at present. */
    public int usedBytes() {
        return usedBytes;
    }

    /** Forgets everything on its way; keeps the memory. */
    public void clear() {
        heapSize = 0;
        nextOrder = 0;
        firstEntry = 0;
        nextEntry = 0;
        usedBytes = 0;
        writeAt = 0;
    }

    /**
     * Stores one datagram; {@link #schedule} says when its copies leave. One that is never
     * scheduled must not be stored.
     *
     * @param tag whatever the caller wants back with it
     * @param buffer holds it; its position is left alone
     * @param at where it begins
     * @param bytes its length
     * @return false, changing nothing, when there is no room
     */
    public boolean store(int tag, ByteBuffer buffer, int at, int bytes) {
        int charge = Math.max(bytes, 1); // an empty datagram is one, too
        if (!makeRoom(charge)) {
            return false;
        }
        int slot = slot(nextEntry);
        int wasted = wastedBefore(charge);
        if (writeAt + charge > ring.capacity()) {
            writeAt = 0;
        }
        ring.put(writeAt, buffer, at, bytes);
        entryAt[slot] = writeAt;
        entryBytes[slot] = bytes;
        entryCharge[slot] = charge + wasted;
        entryTag[slot] = tag;
        entryCopies[slot] = 0;
        writeAt += charge;
        usedBytes += charge + wasted;
        nextEntry++;
        return true;
    }

    private boolean makeRoom(int charge) {
        if (nextEntry - firstEntry == entryAt.length) {
            growEntries();
        }
        while (!fits(charge)) {
            if (ring.capacity() >= maxBytes) {
                return false;
            }
            growRing();
        }
        return true;
    }

    private boolean fits(int charge) {
        return (long) usedBytes + charge + wastedBefore(charge) <= ring.capacity();
    }

    /** Bytes left unused at the ring's end, for a datagram is stored in one piece. */
    private int wastedBefore(int charge) {
        return writeAt + charge > ring.capacity() ? ring.capacity() - writeAt : 0;
    }

    private void growRing() {
        int capacity = (int) Math.min(maxBytes, 2L * ring.capacity());
        ByteBuffer larger = allocate(capacity);
        int at = 0;
        for (long entry = firstEntry; entry < nextEntry; entry++) {
            int slot = slot(entry);
            int charge = Math.max(entryBytes[slot], 1);
            larger.put(at, ring, entryAt[slot], entryBytes[slot]);
            entryAt[slot] = at;
            entryCharge[slot] = charge;
            at += charge;
        }
        ring = larger;
        view = ring.duplicate();
        writeAt = at;
        usedBytes = at;
    }

    private void growEntries() {
        int old = entryAt.length;
        entryAt = regrown(entryAt, old);
        entryBytes = regrown(entryBytes, old);
        entryCharge = regrown(entryCharge, old);
        entryTag = regrown(entryTag, old);
        entryCopies = regrown(entryCopies, old);
    }

    private int[] regrown(int[] values, int old) {
        int[] larger = new int[2 * old];
        for (long entry = firstEntry; entry < nextEntry; entry++) {
            larger[(int) (entry & (2L * old - 1))] = values[(int) (entry & (old - 1))];
        }
        return larger;
    }

    private int slot(long entry) {
        return (int) (entry & (entryAt.length - 1));
    }

    /**
     * Lets a copy of the datagram stored last leave at a time.
     *
     * @param exitNs when
     */
    public void schedule(long exitNs) {
        if (heapSize == heapExitNs.length) {
            heapExitNs = Arrays.copyOf(heapExitNs, 2 * heapSize);
            heapOrder = Arrays.copyOf(heapOrder, 2 * heapSize);
            heapEntry = Arrays.copyOf(heapEntry, 2 * heapSize);
        }
        long entry = nextEntry - 1;
        entryCopies[slot(entry)]++;
        long order = nextOrder++;
        int hole = heapSize++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (heapExitNs[parent] <= exitNs) { // equal: the parent came first
                break;
            }
            heapExitNs[hole] = heapExitNs[parent];
            heapOrder[hole] = heapOrder[parent];
            heapEntry[hole] = heapEntry[parent];
            hole = parent;
        }
        heapExitNs[hole] = exitNs;
        heapOrder[hole] = order;
        heapEntry[hole] = entry;
    }

    /** When the next copy leaves, or {@link SessionTime#NEVER}. */
    public long nextExitNs() {
        return heapSize == 0 ? SessionTime.NEVER : heapExitNs[0];
    }

    /** The tag of the next copy to leave. There must be one. */
    public int nextTag() {
        return entryTag[slot(heapEntry[0])];
    }

    /** Where in {@link #buffer} the next copy to leave begins. */
    public int nextAt() {
        return entryAt[slot(heapEntry[0])];
    }

    /** Length of the next copy to leave. */
    public int nextBytes() {
        return entryBytes[slot(heapEntry[0])];
    }

    /** Holds the datagrams; another one after a call of {@link #store}. */
    public ByteBuffer buffer() {
        return ring;
    }

    /**
     * The next copy to leave, between position and limit of a view that the next call changes.
     * There must be one.
     */
    public ByteBuffer nextView() {
        int slot = slot(heapEntry[0]);
        return view.limit(entryAt[slot] + entryBytes[slot]).position(entryAt[slot]);
    }

    /** Lets the next copy go, and its bytes with the last copy. */
    public void remove() {
        long entry = heapEntry[0];
        heapSize--;
        siftDown(heapExitNs[heapSize], heapOrder[heapSize], heapEntry[heapSize]);
        entryCopies[slot(entry)]--;
        while (firstEntry < nextEntry && entryCopies[slot(firstEntry)] == 0) {
            usedBytes -= entryCharge[slot(firstEntry++)];
        }
        if (usedBytes == 0) {
            writeAt = 0; // the same few pages again, while they are in the cache
        }
    }

    private void siftDown(long exitNs, long order, long entry) {
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && isBefore(child + 1, child)) {
                child++;
            }
            if (exitNs < heapExitNs[child]
                    || (exitNs == heapExitNs[child] && order < heapOrder[child])) {
                break;
            }
            heapExitNs[hole] = heapExitNs[child];
            heapOrder[hole] = heapOrder[child];
            heapEntry[hole] = heapEntry[child];
            hole = child;
        }
        heapExitNs[hole] = exitNs;
        heapOrder[hole] = order;
        heapEntry[hole] = entry;
    }

    private boolean isBefore(int a, int b) {
        return heapExitNs[a] < heapExitNs[b]
                || (heapExitNs[a] == heapExitNs[b] && heapOrder[a] < heapOrder[b]);
    }
}
