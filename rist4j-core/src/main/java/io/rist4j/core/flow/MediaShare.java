package io.rist4j.core.flow;

/**
 * Holds retransmissions on each path below {@link #TIMES} the flow's own rate, with a burst of one
 * recovery buffer: so what a receiver can need at 50 % loss, which is as much as the media itself,
 * passes with room to spare, and a whole buffer that was lost passes at once, while nobody can draw
 * more than three times the media, originals included, towards an address.
 *
 * <p>Counted in bytes rather than by a measured rate: what was sent again on a path is a debt that
 * each original pays off. So there is nothing to learn when a stream begins, its rate changes or it
 * pauses. Each path has a debt of its own, for it leads to an address of its own: receivers do not
 * take each other's share, and one of two paths to a receiver may carry all its repairs.
 *
 * <p>Not thread-safe; times in ns of the session clock; allocation-free after construction.
 */
final class MediaShare {
    /** Bytes that may be sent again on a path for each byte of the flow. */
    static final int TIMES = 2;

    /**
     * A burst is never less: a stream of few packets, at its start and in its pauses, can repeat
     * each some times. 64 KiB are some fifty packets.
     */
    static final long LEAST_BURST_BYTES = 64 << 10;

    private final BufferedBytes media;
    private long[] debt = new long[1];
    private long[] paidUpTo = new long[1];
    private long sent;

    /**
     * Nothing sent yet.
     *
     * @param bufferNs the recovery buffer that a burst is as long as
     */
    MediaShare(long bufferNs) {
        media = new BufferedBytes(bufferNs);
    }

    /** An original left. */
    void onOriginal(long nowNs, int bytes) {
        media.add(nowNs, bytes);
        sent += bytes;
    }

    /** A packet was sent again on a path. */
    void onRetransmission(int path, int bytes) {
        pay(path);
        debt[path] += bytes;
    }

    /** Whether a packet may be sent again on a path. */
    boolean admits(long nowNs, int path, int bytes) {
        pay(path);
        return debt[path] + bytes <= Math.max(LEAST_BURST_BYTES, media.most(nowNs));
    }

    /** Another peer may have the path from now on. */
    void forget(int path) {
        reach(path);
        debt[path] = 0;
        paidUpTo[path] = sent;
    }

    private void reach(int path) {
        debt = PathArrays.reaching(path, debt);
        paidUpTo = PathArrays.reaching(path, paidUpTo);
    }

    private void pay(int path) {
        reach(path);
        debt[path] = Math.max(0, debt[path] - TIMES * (sent - paidUpTo[path]));
        paidUpTo[path] = sent;
    }
}
