package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

import java.util.Arrays;

/**
 * The packets known to be missing, by ascending position, and what was done about each. Entries are
 * appended as gaps are seen, found by bisection when their packet comes, and swept out during the
 * next pass over the list, so no arrival costs more than a bisection.
 *
 * <p>Not thread-safe. Allocation-free once grown; the bound is given.
 */
final class MissingList {
    /** From before the anchor: played when it comes, not missed when it does not. */
    static final int SOFT = 1;

    /** Its packet came. */
    static final int FILLED = 2;

    /** Its present round has one request only and no earlier answer can be under way. */
    static final int PROBE = 4;

    private static final int FIRST_ROOM = 16;

    private final int most;
    private long[] positions = new long[FIRST_ROOM];
    private long[] nextNs = new long[FIRST_ROOM];
    private long[] roundNs = new long[FIRST_ROOM];
    private int[] requests = new int[FIRST_ROOM];
    private byte[] rounds = new byte[FIRST_ROOM];
    private byte[] repeats = new byte[FIRST_ROOM];
    private byte[] flags = new byte[FIRST_ROOM];
    private int size;
    private int open;
    private int kept;

    MissingList(int most) {
        this.most = most;
    }

    /** Most entries it can have. */
    int most() {
        return most;
    }

    /** Entries, those whose packet came since the last sweep included. */
    int size() {
        return size;
    }

    /** Entries whose packet has not come. */
    int open() {
        return open;
    }

    /**
     * Appends a position above all others. Returns false, changing nothing, when the list is full.
     */
    boolean add(long position, long firstRequestNs, int entryFlags) {
        if (size == most) {
            return false;
        }
        if (size == positions.length) {
            int room = size * 2;
            positions = Arrays.copyOf(positions, room);
            nextNs = Arrays.copyOf(nextNs, room);
            roundNs = Arrays.copyOf(roundNs, room);
            requests = Arrays.copyOf(requests, room);
            rounds = Arrays.copyOf(rounds, room);
            repeats = Arrays.copyOf(repeats, room);
            flags = Arrays.copyOf(flags, room);
        }
        positions[size] = position;
        nextNs[size] = firstRequestNs;
        roundNs[size] = SessionTime.NEVER;
        requests[size] = 0;
        rounds[size] = 0;
        repeats[size] = 0;
        flags[size] = (byte) entryFlags;
        size++;
        open++;
        return true;
    }

    /** The entry of a position, or -1. */
    int find(long position) {
        int index = Arrays.binarySearch(positions, 0, size, position);
        return index >= 0 ? index : -1;
    }

    long position(int entry) {
        return positions[entry];
    }

    /** When it may be asked for next; {@link SessionTime#NEVER} when that is over. */
    long nextNs(int entry) {
        return nextNs[entry];
    }

    void setNextNs(int entry, long ns) {
        nextNs[entry] = ns;
    }

    /**
     * The earliest {@link #nextNs} of all entries; {@link SessionTime#NEVER} when there is none.
     */
    long earliestNs() {
        long earliest = SessionTime.NEVER;
        for (int i = 0; i < size; i++) {
            earliest = Math.min(earliest, nextNs[i]);
        }
        return earliest;
    }

    /** When its present round of requests began. */
    long roundNs(int entry) {
        return roundNs[entry];
    }

    /** How many requests were made for it. */
    int requests(int entry) {
        return requests[entry];
    }

    /** How many rounds of requests began. */
    int rounds(int entry) {
        return rounds[entry];
    }

    /** How often its present round's request is still to be repeated. */
    int repeats(int entry) {
        return repeats[entry];
    }

    boolean is(int entry, int flag) {
        return (flags[entry] & flag) != 0;
    }

    void set(int entry, int flag, boolean on) {
        flags[entry] = (byte) (on ? flags[entry] | flag : flags[entry] & ~flag);
    }

    /** A round begins with its first request; {@code more} repetitions are to follow. */
    void beginRound(int entry, long nowNs, int more) {
        roundNs[entry] = nowNs;
        rounds[entry]++;
        repeats[entry] = (byte) more;
        requests[entry]++;
    }

    /** The present round's request was repeated. */
    void repeat(int entry) {
        repeats[entry]--;
        requests[entry]++;
    }

    /** The entry's packet came. */
    void fill(int entry) {
        flags[entry] |= FILLED;
        nextNs[entry] = SessionTime.NEVER;
        open--;
    }

    /** Begins a pass that calls {@link #keep} or {@link #drop} for every entry, in order. */
    void beginSweep() {
        kept = 0;
    }

    /** Keeps an entry; its number is the return value from now on. */
    int keep(int entry) {
        int to = kept++;
        if (to != entry) {
            positions[to] = positions[entry];
            nextNs[to] = nextNs[entry];
            roundNs[to] = roundNs[entry];
            requests[to] = requests[entry];
            rounds[to] = rounds[entry];
            repeats[to] = repeats[entry];
            flags[to] = flags[entry];
        }
        return to;
    }

    /** Leaves an entry out: it is gone when the pass ends. */
    void drop(int entry) {
        if (!is(entry, FILLED)) {
            open--;
        }
    }

    /** Ends the pass: every entry was kept or dropped. */
    void endSweep() {
        size = kept;
    }

    /** Forgets everything, and gives its memory back. */
    void release() {
        clear();
        positions = new long[FIRST_ROOM];
        nextNs = new long[FIRST_ROOM];
        roundNs = new long[FIRST_ROOM];
        requests = new int[FIRST_ROOM];
        rounds = new byte[FIRST_ROOM];
        repeats = new byte[FIRST_ROOM];
        flags = new byte[FIRST_ROOM];
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
        open = 0;
    }
}
