package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * From when on a receiver needs nothing more of what was sent, as its reports tell, by the path
 * that they come on. So a sender that is closed need not wait a whole recovery buffer for requests
 * that cannot come.
 *
 * <p>Spec: RFC 3550 §6.4.1. A receiver that names the last packet as its newest one has it, and
 * knows of every gap before it. Where its count of lost packets rose, repairs may be under way for
 * a recovery buffer. That it did not rise proves nothing: by the RFC repetitions and duplicates of
 * the network count as received, and each hides a loss; nor does it tell of packets before the
 * first one that came. So the receiver must also have asked for nothing lately, as whoever lacks a
 * packet does. libRIST fills its reports with zeros or stale memory (trap T6), names no last
 * packet, and is waited for.
 *
 * <p>Not thread-safe. Allocation-free after construction.
 */
final class DeliveryReports {
    /** A receiver asks again after a round trip: so many without a request are silence. */
    private static final int QUIET_ROUND_TRIPS = 4;

    /** The interval of reports, in which a receiver of this profile says something. */
    private static final long QUIET_NS = 100 * SessionTime.MILLISECOND;

    private static final long NONE = -1;

    private boolean[] reports = new boolean[1];
    private long[] lost = new long[1];
    private long[] lostNs = new long[1];
    private long[] newest = new long[1];
    private long[] newestNs = new long[1];
    private long askedNs = NONE;

    /**
     * A report came.
     *
     * @param path the path that brought it
     * @param sequence the newest packet that it names, widened
     * @param cumulativeLost its count of packets that did not come
     */
    void onReport(long nowNs, int path, long sequence, long cumulativeLost) {
        reach(path);
        if (!reports[path]) {
            reports[path] = true;
            lostNs[path] = cumulativeLost > 0 ? nowNs : NONE;
            newest[path] = NONE;
        } else if (cumulativeLost > lost[path]) {
            lostNs[path] = nowNs;
        }
        lost[path] = cumulativeLost;
        if (sequence != newest[path]) {
            newest[path] = sequence;
            newestNs[path] = nowNs;
        }
    }

    /** A receiver asked for what was sent. */
    void onRequest(long nowNs) {
        askedNs = nowNs;
    }

    /** A path's peer is gone, or another has taken its place. */
    void forget(int path) {
        reach(path);
        reports[path] = false;
    }

    private void reach(int path) {
        reports = PathArrays.reaching(path, reports);
        lost = PathArrays.reaching(path, lost);
        lostNs = PathArrays.reaching(path, lostNs);
        newest = PathArrays.reaching(path, newest);
        newestNs = PathArrays.reaching(path, newestNs);
    }

    /**
     * From when on the receiver at a path needs nothing more, if it says nothing else meanwhile.
     *
     * @param last the last packet sent
     * @param bufferNs the longest recovery buffer
     * @param rttNs the round trip to it
     * @return {@link SessionTime#NEVER} where it has not said that it has the last packet
     */
    long deliveredNs(int path, long last, long bufferNs, long rttNs) {
        if (path >= reports.length || !reports[path] || newest[path] != last) {
            return SessionTime.NEVER;
        }
        long quietNs = QUIET_NS + QUIET_ROUND_TRIPS * rttNs;
        long deliveredNs = Math.max(newestNs[path], askedNs) + quietNs;
        return lostNs[path] == NONE ? deliveredNs : Math.max(deliveredNs, lostNs[path] + bufferNs);
    }
}
