package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Datagrams that wait for the key of their nonce: 64 at most, of 2 048 octets at most, for 50 ms at
 * most. A worker brings a key in a millisecond or two; at 30 000 packets a second that is up to 60
 * packets.
 *
 * <p>Not thread-safe. Allocates its 128 KiB when it first holds something.
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

    private final int[] nonces = new int[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private final long[] arrivalsNs = new long[CAPACITY];
    private @Nullable ByteBuffer slab;
    private int size;

    /** Starts empty. */
    public HeldDatagrams() {}

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
            room = ByteBuffer.allocate(CAPACITY * MAX_BYTES);
            slab = room;
        }
        room.put(size * MAX_BYTES, b, at, bytes);
        nonces[size] = nonce;
        lengths[size] = bytes;
        arrivalsNs[size] = arrivalNs;
        size++;
        return true;
    }

    /**
     * Hands over, in the order of arrival, what waited for this nonce. The taker may hold a
     * datagram again.
     */
    public void release(int nonce, Taker taker) {
        ByteBuffer room = slab;
        if (room == null) {
            return;
        }
        int kept = 0;
        int present = size;
        for (int i = 0; i < present; i++) {
            if (nonces[i] == nonce) {
                taker.take(arrivalsNs[i], room, i * MAX_BYTES, lengths[i]);
            } else {
                move(room, i, kept++);
            }
        }
        for (int i = present; i < size; i++) { // what the taker held again
            move(room, i, kept++);
        }
        size = kept;
    }

    private void move(ByteBuffer room, int from, int to) {
        if (from != to) {
            room.put(to * MAX_BYTES, room, from * MAX_BYTES, lengths[from]);
            nonces[to] = nonces[from];
            lengths[to] = lengths[from];
            arrivalsNs[to] = arrivalsNs[from];
        }
    }

    /** The nonce that has been waited for longest, or {@link Nonce#NONE}. */
    public int oldestNonce() {
        return size == 0 ? Nonce.NONE : nonces[0];
    }

    /** Drops what waits for a nonce; returns how many that were. */
    public int drop(int nonce) {
        int before = size;
        release(nonce, (arrivalNs, b, at, bytes) -> {});
        return before - size;
    }

    /** When the oldest has waited long enough, or {@link SessionTime#NEVER}. */
    public long deadlineNs() {
        return size == 0 ? SessionTime.NEVER : arrivalsNs[0] + MAX_HOLD_NS;
    }

    /** How many wait. */
    public int size() {
        return size;
    }
}
