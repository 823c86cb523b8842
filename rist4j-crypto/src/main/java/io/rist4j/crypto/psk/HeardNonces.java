package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/**
 * How far each nonce has come that packets made sense under, on whatever path and in whatever flow:
 * what is not newer was recorded, and is played back.
 *
 * <p>A {@link ReplayWindow} tells apart what comes on one path; this tells what a path may begin
 * with. A peer that moves to another port, or comes back, goes on behind what it sent. Copies of
 * the very same datagrams on several paths, as ristgo sends them, are let in at another of this
 * end's sockets while the original is fresh.
 *
 * <p>Nobody without the key makes it remember or forget anything: it holds nonces that made sense
 * only. At least the latest 8 192 of them, in at most 1.3 MiB; {@code
 * docs/decisions/0014-what-is-played-back.md} says what follows from that.
 *
 * <p>Not thread-safe. Allocates when it grows, never for a packet of a nonce that it knows.
 */
public final class HeardNonces {
    /** How long a copy may take longer than the original, ns: more than paths differ. */
    public static final long COPY_WITHIN_NS = SessionTime.SECOND;

    private static final int GENERATION = 1 << 14;
    private static final int FIRST_SLOTS = 16;

    /** In place of a socket's index. */
    private static final int ANYWHERE = -1;

    private Table present = new Table(FIRST_SLOTS);
    private Table past = new Table(FIRST_SLOTS);

    /** Starts empty. */
    public HeardNonces() {}

    /**
     * Whether a path may begin with this: it is newer than all that came under its nonce, or a copy
     * of what only just came elsewhere.
     *
     * @param nowNs session clock, ns
     * @param nonce from the GRE key field
     * @param socket which of this end's sockets it came to, from 0
     * @param sequence from the GRE sequence field
     */
    public boolean isNew(long nowNs, int nonce, int socket, int sequence) {
        Table here = tableOf(key(nonce, socket));
        if (here != null && sequence - here.newest[here.found] <= 0) {
            return false;
        }
        Table anywhere = tableOf(key(nonce, ANYWHERE));
        if (anywhere == null) {
            return true;
        }
        int behind = anywhere.newest[anywhere.found] - sequence;
        return behind < 0
                || (behind < ReplayWindow.PACKETS
                        && nowNs - anywhere.heardNs[anywhere.found] <= COPY_WITHIN_NS);
    }

    /**
     * Packets of a nonce made sense.
     *
     * @param nowNs session clock, ns
     * @param nonce from the GRE key field
     * @param socket which of this end's sockets they came to
     * @param newest how far the path has come
     */
    public void note(long nowNs, int nonce, int socket, int newest) {
        note(nowNs, key(nonce, socket), newest);
        note(nowNs, key(nonce, ANYWHERE), newest);
    }

    private static long key(int nonce, int socket) {
        return ((long) socket + 2) << Integer.SIZE | (nonce & 0xFFFF_FFFFL);
    }

    private @Nullable Table tableOf(long key) {
        if (present.find(key)) {
            return present;
        }
        return past.find(key) ? past : null;
    }

    private void note(long nowNs, long key, int newest) {
        Table known = tableOf(key);
        if (known == present) {
            present.raise(nowNs, newest);
            return;
        }
        int furthest = newest;
        if (known != null && known.newest[known.found] - newest > 0) {
            furthest = known.newest[known.found];
        }
        if (present.size == GENERATION) {
            past = present;
            present = new Table(FIRST_SLOTS);
        }
        if (2 * (present.size + 1) > present.keys.length) {
            present = present.grown();
        }
        present.add(nowNs, key, furthest);
    }

    /** At most half full, so that each search ends. */
    private static final class Table {
        private final long[] keys;
        private final int[] newest;
        private final long[] heardNs;
        private int size;

        /** Where the key was found that was last looked for, or where it would be. */
        private int found;

        Table(int slots) {
            keys = new long[slots];
            newest = new int[slots];
            heardNs = new long[slots];
        }

        boolean find(long key) {
            int mask = keys.length - 1;
            int i = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 40) & mask;
            while (keys[i] != 0 && keys[i] != key) {
                i = (i + 1) & mask;
            }
            found = i;
            return keys[i] == key;
        }

        void add(long nowNs, long key, int sequence) {
            find(key);
            keys[found] = key;
            newest[found] = sequence;
            heardNs[found] = nowNs;
            size++;
        }

        /** Of the key that was found last. */
        void raise(long nowNs, int sequence) {
            if (sequence - newest[found] > 0) {
                newest[found] = sequence;
            }
            heardNs[found] = nowNs;
        }

        Table grown() {
            var larger = new Table(2 * keys.length);
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] != 0) {
                    larger.add(heardNs[i], keys[i], newest[i]);
                }
            }
            return larger;
        }
    }
}
