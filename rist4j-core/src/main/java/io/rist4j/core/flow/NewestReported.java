package io.rist4j.core.flow;

import io.rist4j.core.flow.TailRepair.Arrival;
import io.rist4j.core.time.SessionTime;

/**
 * The newest packet that receivers say they have, by the path of their reports, and whether what
 * they say can be believed.
 *
 * <p>Spec: RFC 3550 §6.4.1, extended highest sequence number received. libRIST fills the field with
 * zeros or stale memory (trap T6); so a path counts only when its reports have been seen to move on
 * with the stream, several times, and as long as they keep coming.
 *
 * <p>Not thread-safe. Allocation-free after construction.
 */
final class NewestReported {
    /** So many reports must each have named a newer packet than the one before. */
    private static final int LIVE = 4;

    /** Further behind the stream than this many packets no report of a live receiver is. */
    private static final long FAR_BEHIND = 1 << 15;

    private static final long STALE_NS = SessionTime.SECOND;

    private long[] newest = new long[1];
    private long[] heardNs = new long[1];
    private byte[] moves = new byte[1];
    private int end;

    /**
     * A report came.
     *
     * @param path the path that brought it
     * @param sequence the newest packet that it names, widened; at most {@code last}
     * @param last the last packet sent
     */
    void onReport(long nowNs, int path, long sequence, long last) {
        reach(path);
        if (last - sequence > FAR_BEHIND) {
            moves[path] = 0;
            return;
        }
        if (moves[path] > 0 && sequence < newest[path]) {
            return; // overtaken on its way
        }
        if (moves[path] == 0 || (sequence > newest[path] && moves[path] < LIVE)) {
            moves[path]++;
        }
        newest[path] = sequence;
        heardNs[path] = nowNs;
        end = Math.max(end, path + 1);
    }

    /** A path's peer is gone, or another has taken its place. */
    void forget(int path) {
        reach(path);
        moves[path] = 0;
    }

    private void reach(int path) {
        newest = PathArrays.reaching(path, newest);
        heardNs = PathArrays.reaching(path, heardNs);
        moves = PathArrays.reaching(path, moves);
    }

    /** What the reports say of the last packet: every receiver that tells must have it. */
    Arrival arrivalOf(long nowNs, long last) {
        Arrival arrival = Arrival.UNKNOWN;
        for (int path = 0; path < end; path++) {
            if (moves[path] < LIVE || nowNs - heardNs[path] > STALE_NS) {
                continue;
            }
            if (newest[path] < last) {
                return Arrival.AWAITED;
            }
            arrival = Arrival.CONFIRMED;
        }
        return arrival;
    }
}
