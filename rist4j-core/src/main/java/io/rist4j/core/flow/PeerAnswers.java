package io.rist4j.core.flow;

import java.util.Arrays;

/**
 * What was sent again to whom, where a flow has several receivers: each loses packets of its own,
 * and what one was sent serves no other. A table of fixed size, in which a newer answer takes the
 * place of an older one; what it has forgotten may be sent again, within the ceiling of its path.
 *
 * <p>Not thread-safe. Allocation-free after construction.
 */
final class PeerAnswers {
    /** A second of 8 000 losses a second, of all receivers together. 280 KiB. */
    private static final int PLACES = 1 << 14;

    private final long[] sequences = new long[PLACES];
    private final int[] peers = new int[PLACES];
    private final long[] sentNs = new long[PLACES];
    private final byte[] paths = new byte[PLACES];
    private final byte[] times = new byte[PLACES];

    PeerAnswers() {
        Arrays.fill(sentNs, SenderHistory.NOT_RESENT);
    }

    /** The place of an answer, whether or not there is one. */
    int place(long sequence, int peer) {
        int mixed = ((int) sequence * 0x9E37_79B1) ^ (peer * 0x85EB_CA6B);
        return (mixed ^ (mixed >>> 15)) & (PLACES - 1);
    }

    /** When it was sent last, or {@link SenderHistory#NOT_RESENT}. */
    long sentNs(int place, long sequence, int peer) {
        return is(place, sequence, peer) ? sentNs[place] : SenderHistory.NOT_RESENT;
    }

    /** How often it was sent. */
    int times(int place, long sequence, int peer) {
        return is(place, sequence, peer) ? times[place] : 0;
    }

    /** On which path it was sent last. Only where {@link #sentNs} says that it was. */
    int path(int place) {
        return paths[place];
    }

    void onSent(long nowNs, int place, long sequence, int peer, int path) {
        times[place] = (byte) (times(place, sequence, peer) + 1);
        sequences[place] = sequence;
        peers[place] = peer;
        sentNs[place] = nowNs;
        paths[place] = (byte) path;
    }

    private boolean is(int place, long sequence, int peer) {
        return sentNs[place] != SenderHistory.NOT_RESENT
                && sequences[place] == sequence
                && peers[place] == peer;
    }
}
