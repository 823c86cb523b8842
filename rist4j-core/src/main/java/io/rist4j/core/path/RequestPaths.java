package io.rist4j.core.path;

/**
 * Chooses the paths of requests: among live paths whose peers have the packets the one of highest
 * priority, and of the shortest latest round trip among equals. Not thread-safe; allocation-free.
 */
public final class RequestPaths {
    private final PathTable table;
    private final RequestOrder order;
    private final PathSet every = PathSet.ofAll();

    /**
     * A choice for all requests of one session.
     *
     * @param table the paths
     */
    public RequestPaths(PathTable table) {
        this.table = table;
        order = new RequestOrder(table.capacity());
    }

    /**
     * Chooses the path of a request. The first attempt takes the best; later attempts go through
     * the live paths in that order, so that a repeated request does not depend on one path.
     *
     * @param nowNs session clock
     * @param attempt 1 for the first request of a packet
     * @return the index of a path; when none is live the one that was heard last, or failing that
     *     the first; -1 when there is no path at all
     */
    public int choose(long nowNs, int attempt) {
        return choose(nowNs, attempt, every);
    }

    /**
     * The same for one flow of several.
     *
     * @param nowNs session clock
     * @param attempt 1 for the first request of a packet
     * @param among the paths whose peers have the packets of the flow
     * @return as above, of these paths
     */
    public int choose(long nowNs, int attempt, PathSet among) {
        if (!order.isFor(nowNs, among, table.changes())) {
            order.start(nowNs, among, table.changes());
            sort(nowNs, among);
        }
        return order.at(attempt);
    }

    private void sort(long nowNs, PathSet among) {
        boolean anyFresh = false;
        int fallback = -1;
        for (int path = 0; path < table.end(); path++) {
            if (table.isServing(path, among)) {
                anyFresh |= table.isUp(nowNs, path) && !table.isStalled(nowNs, path);
                fallback = fallback < 0 || table.wasHeardLater(path, fallback) ? path : fallback;
            }
        }
        for (int path = 0; path < table.end(); path++) {
            if (table.isServing(path, among)
                    && table.isUp(nowNs, path)
                    && !(anyFresh && table.isStalled(nowNs, path))) {
                order.insert(path, table.priority(path), table.rtt(path).lastNs());
            }
        }
        if (order.isEmpty() && fallback >= 0) {
            order.insert(fallback, 0, 0);
        }
    }
}
