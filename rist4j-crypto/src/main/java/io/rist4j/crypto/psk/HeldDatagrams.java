package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Datagrams of one peer that wait for the key of their nonce: 64 at most, 24 of a stranger, of 2
 * 048 octets at most, for 50 ms at most. A worker brings a key in a millisecond or two; at 30 000
 * packets a second that is up to 60 packets.
 *
 * <p>Not thread-safe. Allocates its tables when it first holds something; the datagrams lie in a
 * {@link HoldingRoom} that all peers share.
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

    /** Most datagrams of a peer. */
    public static final int CAPACITY = 64;

    /** Most datagrams of somebody who has not shown a key that opens. */
    public static final int STRANGERS_CAPACITY = 24;

    /** Longest datagram, octets. */
    public static final int MAX_BYTES = HoldingRoom.MAX_BYTES;

    /** Longest wait, ns. */
    public static final long MAX_HOLD_NS = 50 * SessionTime.MILLISECOND;

    private final HoldingRoom room;
    private boolean isStranger;
    private int capacity;

    private int[] nonces = {};
    private int[] lengths = {};
    private long[] arrivalsNs = {};
    private int[] places = {};

    /** One slot more than wait, for the one that a taker has in its hands. */
    private int[] free = {};

    private int freeCount;

    /** Slots in the order of arrival; while they are released, those held again follow. */
    private int[] order = {};

    private int ordered;
    private int size;

    /**
     * Starts empty.
     *
     * @param room where the datagrams lie
     * @param ofStranger whose they are, until {@link #onKnown}
     */
    public HeldDatagrams(HoldingRoom room, boolean ofStranger) {
        this.room = room;
        isStranger = ofStranger;
        capacity = ofStranger ? STRANGERS_CAPACITY : CAPACITY;
    }

    /** The stranger has become a peer. */
    public void onKnown() {
        isStranger = false;
        capacity = CAPACITY;
    }

    /** Whether one more of this length may wait. */
    public boolean hasRoom(int bytes) {
        return size < capacity && bytes <= MAX_BYTES && room.hasPlace(isStranger);
    }

    /**
     * Copies a datagram.
     *
     * @return false when there is no room for it
     */
    public boolean hold(long arrivalNs, int nonce, ByteBuffer b, int at, int bytes) {
        if (!hasRoom(bytes)) {
            return false;
        }
        int place = room.claim(isStranger);
        if (freeCount == 0) {
            grow();
        }
        int slot = free[--freeCount];
        room.buffer(place).put(HoldingRoom.at(place), b, at, bytes);
        places[slot] = place;
        nonces[slot] = nonce;
        lengths[slot] = bytes;
        arrivalsNs[slot] = arrivalNs;
        order[ordered++] = slot;
        size++;
        return true;
    }

    private void grow() {
        int slots = nonces.length;
        int more = capacity + 1;
        nonces = Arrays.copyOf(nonces, more);
        lengths = Arrays.copyOf(lengths, more);
        arrivalsNs = Arrays.copyOf(arrivalsNs, more);
        places = Arrays.copyOf(places, more);
        order = Arrays.copyOf(order, 2 * more);
        free = new int[more];
        while (slots < more) {
            free[freeCount++] = slots++;
        }
    }

    /**
     * Hands over, in the order of arrival, what waited for this nonce. The taker may hold each
     * datagram again, behind the others: there is room for it, but for what a peer held as a
     * stranger where the peers' room is full.
     */
    public void release(int nonce, Taker taker) {
        int kept = 0;
        int present = ordered;
        for (int i = 0; i < present; i++) {
            int slot = order[i];
            if (nonces[slot] == nonce) {
                size--;
                int place = places[slot];
                room.onTaken(place);
                taker.take(
                        arrivalsNs[slot], room.buffer(place), HoldingRoom.at(place), lengths[slot]);
                room.release(place);
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

    /** Drops everything. */
    public void clear() {
        while (size > 0) {
            drop(oldestNonce());
        }
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
