package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Datagrams that wait for the key of their nonce: 64 at most, of 2 048 octets at most, for 50 ms at
 * most. A worker brings a key in a millisecond or two; at 30 000 packets a second that is up to 60
 * packets.
 *
 * <p>Not thread-safe. Allocates its 130 KiB when it first holds something.
 */
public final class HeldDatagrams {
    /** Takes a datagram whose key has come. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes one datagram.
         *
         * @param arrivalNs when it came
         * @param b valid during the call, may be written
         */
        void take(long arrivalNs, ByteBuffer b, int at, int bytes);
    }

    /** Most datagrams. */
    public static final int CAPACITY = 64;

    /** Longest datagram, octets. */
    public static final int MAX_BYTES = 2_048;

    /** Longest wait, ns. */
    public static final long MAX_HOLD_NS = 50 * SessionTime.MILLISECOND;

    /** One more than wait, for the one that a taker has in its hands. */
    private static final int SLOTS = CAPACITY + 1;

    private final int[] nonces = new int[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private final long[] arrivalsNs = new long[SLOTS];
    private @Nullable ByteBuffer slab;
    private final int[] free = new int[SLOTS];
    private int freeCount;

    /** Slots in the order of arrival; while they are released, those held again follow. */
    private final int[] order = new int[2 * CAPACITY];

    private int ordered;
    private int size;

    /** Starts empty. */
    public HeldDatagrams() {
        while (freeCount < SLOTS) {
            free[freeCount] = freeCount++;
        }
    }

    /**
     * Copies a datagram.
     *
     * @return false when there is no room for it
     */
    public boolean hold(long arrivalNs, int nonce, ByteBuffer b, int at, int bytes) {
        if (size == CAPACITY || bytes > MAX_BYTES) {
            return false;
        }
        ByteBuffer room = slab;
        if (room == null) {
            room = ByteBuffer.allocate(SLOTS * MAX_BYTES);
            slab = room;
        }
        int slot = free[--freeCount];
        room.put(slot * MAX_BYTES, b, at, bytes);
        nonces[slot] = nonce;
        lengths[slot] = bytes;
        arrivalsNs[slot] = arrivalNs;
        order[ordered++] = slot;
        size++;
        return true;
    }

    /**
     * Hands over, in the order of arrival, what waited for this nonce. The taker may hold each
     * datagram again: there is room for it, behind the others.
     */
    public void release(int nonce, Taker taker) {
        ByteBuffer room = slab;
        if (room == null) {
            return;
        }
        int kept = 0;
        int present = ordered;
        for (int i = 0; i < present; i++) {
            int slot = order[i];
            if (nonces[slot] == nonce) {
                size--;
                taker.take(arrivalsNs[slot], room, slot * MAX_BYTES, lengths[slot]);
                free[freeCount++] = slot;
            } else {
                order[kept++] = slot;
            }
        }
        System.arraycopy(order, present, order, kept, ordered - present);
        ordered += kept - present;
    }

    /** The nonce that has been waited for longest, or {@link Nonce#NONE}. */
    public int oldestNonce() {
        return size == 0 ? Nonce.NONE : nonces[order[0]];
    }

    /** Drops what waits for a nonce; returns how many that were. */
    public int drop(int nonce) {
        int before = size;
        release(nonce, (arrivalNs, b, at, bytes) -> {});
        return before - size;
    }

    /** When the oldest has waited long enough, or {@link SessionTime#NEVER}. */
    public long deadlineNs() {
        return size == 0 ? SessionTime.NEVER : arrivalsNs[order[0]] + MAX_HOLD_NS;
    }

    /** How many wait. */
    public int size() {
        return size;
    }
}
