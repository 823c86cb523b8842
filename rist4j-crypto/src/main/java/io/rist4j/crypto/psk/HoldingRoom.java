package io.rist4j.crypto.psk;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Room for the datagrams of all peers of a session that wait for keys, so that however many peers
 * and strangers there are, what they hold together is bounded: {@link #PEERS} datagrams of peers, 2
 * MiB, and {@link #STRANGERS} of strangers, 384 KiB.
 *
 * <p>Not thread-safe. Allocated by 32 KiB as it is needed; what was needed once stays.
 */
public final class HoldingRoom {
    /** Longest datagram, octets. */
    public static final int MAX_BYTES = 2_048;

    /** Most datagrams of peers. */
    public static final int PEERS = 1_024;

    /** Most datagrams of strangers. */
    public static final int STRANGERS = 192;

    private static final int PLACES_PER_CHUNK = 16;

    /** One more than may wait, for the one that a taker has in its hands. */
    private static final int PLACES = PEERS + STRANGERS + PLACES_PER_CHUNK;

    private final @Nullable ByteBuffer[] chunks = new ByteBuffer[PLACES / PLACES_PER_CHUNK];
    private int[] free = {};
    private int freeCount;
    private int allocated;
    private boolean[] isStrangers = {};
    private int peers;
    private int strangers;

    /** Starts empty. */
    public HoldingRoom() {}

    /** Whether one more datagram may wait. */
    boolean hasPlace(boolean forStranger) {
        return forStranger ? strangers < STRANGERS : peers < PEERS;
    }

    /** A place for a datagram that waits from now on; there must be one. */
    int claim(boolean forStranger) {
        if (freeCount == 0) {
            allocate();
        }
        int place = free[--freeCount];
        isStrangers[place] = forStranger;
        if (forStranger) {
            strangers++;
        } else {
            peers++;
        }
        return place;
    }

    private void allocate() {
        chunks[allocated / PLACES_PER_CHUNK] = ByteBuffer.allocate(PLACES_PER_CHUNK * MAX_BYTES);
        int[] more = new int[allocated + PLACES_PER_CHUNK];
        boolean[] moreStrangers = new boolean[allocated + PLACES_PER_CHUNK];
        System.arraycopy(isStrangers, 0, moreStrangers, 0, allocated);
        free = more;
        isStrangers = moreStrangers;
        for (int i = 0; i < PLACES_PER_CHUNK; i++) {
            free[freeCount++] = allocated++;
        }
    }

    /** A datagram waits no longer; its place stays taken until {@link #release}. */
    void onTaken(int place) {
        if (isStrangers[place]) {
            strangers--;
        } else {
            peers--;
        }
    }

    /** A place is free again. */
    void release(int place) {
        free[freeCount++] = place;
    }

    /** The buffer that a place is in. */
    ByteBuffer buffer(int place) {
        ByteBuffer chunk = chunks[place / PLACES_PER_CHUNK];
        if (chunk == null) {
            throw new IllegalStateException("place " + place + " was never claimed");
        }
        return chunk;
    }

    /** Where in its buffer a place begins. */
    static int at(int place) {
        return place % PLACES_PER_CHUNK * MAX_BYTES;
    }

    /** Datagrams that wait, of peers and strangers. */
    public int size() {
        return peers + strangers;
    }

    /** Datagrams of strangers that wait. */
    public int strangers() {
        return strangers;
    }

    /** Octets allocated so far. */
    public long allocatedBytes() {
        return (long) allocated * MAX_BYTES;
    }
}
