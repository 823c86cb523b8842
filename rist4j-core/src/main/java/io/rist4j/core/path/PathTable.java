package io.rist4j.core.path;

import io.rist4j.core.path.PathRow.State;
import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

/**
 * The paths of one session: which are alive, how long their round trips take, and what passed over
 * them. {@link OriginalPaths} and {@link RequestPaths} choose among them. A session with one path
 * has a table with one row.
 *
 * <p>A path that was never heard is not dead, so one-way sending goes on for ever. A path that was
 * heard is up until it has been silent for the session timeout; any accepted datagram brings it
 * back. Well before that, after the stall time, it gives its share of originals and requests to
 * paths that are heard, if there are any.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.4 (requests and retransmissions may take any path). libRIST: a dead
 * path carries no media until it is heard again; later versions let a duplicating path go on for
 * one recovery buffer, so that a return channel that broke alone costs no redundancy. Ours: the
 * latter.
 *
 * <p>Not thread-safe; times in ns of the session clock. Adding a path allocates, nothing else does.
 */
public final class PathTable {
    /** Most paths of one table: two for each of 4,096 flows, and those that are dialled. */
    public static final int MAX_PATHS = 8_256;

    /** Paths that originals may take: those with an index below. A receiver's may be more. */
    public static final int MAX_SENDING_PATHS = Long.SIZE;

    /** Silence after which a path stops taking a share while others are heard. */
    public static final long DEFAULT_STALL_NS = 300 * SessionTime.MILLISECOND;

    private final @Nullable PathRow[] rows;
    private final long sessionTimeoutNs;
    private final long keepCopiesNs;
    private final long rttInitialNs;
    private final long stallNs;
    private int size;
    private long changes;

    /** Above the highest index in use, so that scans are as short as the table is. */
    private int end;

    private long deadlineNs = SessionTime.NEVER;

    /**
     * An empty table with the usual stall time.
     *
     * @param capacity most paths at a time, 1..{@link #MAX_PATHS}
     * @param sessionTimeoutNs silence after which a path is down, above 0
     * @param keepCopiesNs how long a path of weight 0 that is down still gets its copies: one
     *     recovery buffer
     * @param rttInitialNs round trip to assume for a path without measurement
     */
    public PathTable(int capacity, long sessionTimeoutNs, long keepCopiesNs, long rttInitialNs) {
        this(capacity, sessionTimeoutNs, keepCopiesNs, rttInitialNs, DEFAULT_STALL_NS);
    }

    /**
     * An empty table.
     *
     * @param capacity most paths at a time, 1..{@link #MAX_PATHS}
     * @param sessionTimeoutNs silence after which a path is down, above 0
     * @param keepCopiesNs how long a path of weight 0 that is down still gets its copies: one
     *     recovery buffer
     * @param rttInitialNs round trip to assume for a path without measurement
     * @param stallNs silence after which a path gives its share to others; {@link
     *     SessionTime#NEVER} to wait for the session timeout
     */
    public PathTable(
            int capacity,
            long sessionTimeoutNs,
            long keepCopiesNs,
            long rttInitialNs,
            long stallNs) {
        if (capacity < 1 || capacity > MAX_PATHS) {
            throw new IllegalArgumentException(
                    "capacity " + capacity + " paths is outside 1.." + MAX_PATHS + " paths");
        }
        if (sessionTimeoutNs <= 0 || keepCopiesNs < 0 || rttInitialNs < 0 || stallNs <= 0) {
            throw new IllegalArgumentException(
                    "a time is out of range: sessionTimeout %d ns and stall %d ns must be above 0 ns, keepCopies %d ns and rttInitial %d ns not below"
                            .formatted(sessionTimeoutNs, stallNs, keepCopiesNs, rttInitialNs));
        }
        this.rows = new PathRow[capacity];
        this.sessionTimeoutNs = sessionTimeoutNs;
        this.keepCopiesNs = keepCopiesNs;
        this.rttInitialNs = rttInitialNs;
        this.stallNs = stallNs;
    }

    /**
     * Adds a path that was not heard yet.
     *
     * @param weight share of the originals, 0 or more; 0 sends every original on this path
     * @param priority requests prefer the live path of highest priority
     * @return its index: the lowest free one; -1 when the table is full
     */
    public int add(int weight, int priority) {
        requireWeight(weight);
        for (int path = 0; path < rows.length; path++) {
            if (rows[path] == null) {
                rows[path] = new PathRow(weight, priority, rttInitialNs);
                changes++;
                size++;
                end = Math.max(end, path + 1);
                return path;
            }
        }
        return -1;
    }

    /**
     * Removes a path with its measurements and counters; its index may be given out again.
     *
     * @param path its index; one that is not in use has no effect
     */
    public void remove(int path) {
        if (!isUsed(path)) {
            return;
        }
        rows[path] = null;
        changes++;
        size--;
        while (end > 0 && rows[end - 1] == null) {
            end--;
        }
    }

    /** How many paths there are. */
    public int size() {
        return size;
    }

    /** Most paths at a time; every index is below it. */
    public int capacity() {
        return rows.length;
    }

    /**
     * Whether there is a path with this index.
     *
     * @param path any number
     */
    public boolean isUsed(int path) {
        return path >= 0 && path < rows.length && rows[path] != null;
    }

    /**
     * Notes that an accepted datagram came in on a path, of whatever kind.
     *
     * @param nowNs session clock
     * @param path its index
     * @return whether the path came up by that: heard for the first time, or again after it was
     *     down
     */
    public boolean onHeard(long nowNs, int path) {
        PathRow row = row(path);
        row.lastHeardNs = nowNs;
        changes++;
        if (row.state == State.UP) {
            return false;
        }
        row.state = State.UP;
        row.upSinceNs = nowNs;
        deadlineNs = Math.min(deadlineNs, after(nowNs, sessionTimeoutNs));
        return true;
    }

    /**
     * Takes a path down at once: its peer said goodbye. It gets no copies either, until it is heard
     * again.
     *
     * @param path its index
     */
    public void onFarewell(int path) {
        row(path).state = State.LEFT;
        changes++;
    }

    /**
     * Takes a measured round trip.
     *
     * @param nowNs session clock
     * @param path index of the path
     * @param rttNs the round trip without the peer's own delay; a negative one counts as 0
     */
    public void onRoundTrip(long nowNs, int path, long rttNs) {
        row(path).rtt.onSample(rttNs);
        changes++;
    }

    /**
     * The round trips of a path.
     *
     * @param path its index
     */
    public RttEstimator rtt(int path) {
        return row(path).rtt;
    }

    /**
     * The path of the longest smoothed round trip, of those that are alive and were measured.
     *
     * @param nowNs session clock
     * @param otherwise the answer when there is none
     * @return the index of a path
     */
    public int longestRoundTrip(long nowNs, int otherwise) {
        int longest = otherwise;
        long longestNs = -1;
        for (int path = 0; path < end; path++) {
            PathRow row = rows[path];
            if (row != null
                    && row.rtt.isKnown()
                    && isAlive(nowNs, row)
                    && row.rtt.smoothedNs() > longestNs) {
                longest = path;
                longestNs = row.rtt.smoothedNs();
            }
        }
        return longest;
    }

    /**
     * What passed over a path.
     *
     * @param path its index
     */
    public PathCounters counters(int path) {
        return row(path).counters;
    }

    /**
     * The weight of a path.
     *
     * @param path its index
     */
    public int weight(int path) {
        return row(path).weight;
    }

    /**
     * Changes the weight of a path, from the next original on.
     *
     * @param path its index
     * @param weight share of the originals, 0 or more; 0 sends every original on this path
     */
    public void setWeight(int path, int weight) {
        requireWeight(weight);
        row(path).weight = weight;
    }

    /**
     * Tells whether a path's peer has the packets of the flow. Requests go to no other path. A new
     * path serves until told otherwise.
     *
     * @param path its index
     * @param serving whether requests may go there
     */
    public void setServing(int path, boolean serving) {
        PathRow row = row(path);
        if (row.serving != serving) {
            row.serving = serving;
            changes++;
        }
    }

    /**
     * Whether a path's peer has the packets of the flow.
     *
     * @param path its index
     */
    public boolean isServing(int path) {
        return row(path).serving;
    }

    /**
     * The priority of a path.
     *
     * @param path its index
     */
    public int priority(int path) {
        return row(path).priority;
    }

    /**
     * Changes the priority of a path, from the next request on.
     *
     * @param path its index
     * @param priority requests prefer the live path of highest priority
     */
    public void setPriority(int path, int priority) {
        row(path).priority = priority;
        changes++;
    }

    /**
     * Whether anything was ever heard on a path.
     *
     * @param path its index
     */
    public boolean wasEverHeard(int path) {
        return row(path).state != State.NEW;
    }

    /**
     * When a path was last heard.
     *
     * @param path its index
     * @return an instant of the session clock; 0 when it was never heard
     */
    public long lastHeardNs(int path) {
        return row(path).lastHeardNs;
    }

    /**
     * Whether a path is not dead: never heard, or heard within the session timeout.
     *
     * @param nowNs session clock
     * @param path its index
     */
    public boolean isAlive(long nowNs, int path) {
        return isAlive(nowNs, row(path));
    }

    /**
     * How many paths are up: heard within the session timeout.
     *
     * @param nowNs session clock
     */
    public int upCount(long nowNs) {
        int count = 0;
        for (PathRow row : rows) {
            if (row != null && isUp(nowNs, row)) {
                count++;
            }
        }
        return count;
    }

    /** How often something changed that a choice of paths may depend on, besides the time. */
    long changes() {
        return changes;
    }

    /** Above the highest index in use. */
    int end() {
        return end;
    }

    /** Fills in how the paths are that originals may take. */
    void look(long nowNs, PathStates states) {
        states.alive = 0;
        states.reachable = 0;
        states.heard = 0;
        states.steady = 0;
        int sending = Math.min(end, MAX_SENDING_PATHS);
        for (int path = 0; path < sending; path++) {
            PathRow row = rows[path];
            if (row == null) {
                continue;
            }
            long bit = 1L << path;
            boolean heard = row.state == State.UP && !isStalled(nowNs, row);
            states.alive |= isAlive(nowNs, row) ? bit : 0;
            states.reachable |= isReachable(nowNs, row) ? bit : 0;
            states.heard |= heard ? bit : 0;
            states.steady |= heard && nowNs >= after(row.upSinceNs, stallNs) ? bit : 0;
        }
    }

    boolean isServing(int path, PathSet among) {
        PathRow row = rows[path];
        return row != null && row.serving && among.contains(path);
    }

    boolean isUp(long nowNs, int path) {
        return isUp(nowNs, row(path));
    }

    boolean isStalled(long nowNs, int path) {
        return isStalled(nowNs, row(path));
    }

    /** Whether one of two paths was heard after the other. */
    boolean wasHeardLater(int path, int other) {
        return heardLater(row(path), row(other));
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /**
     * Takes down the paths that have been silent for the session timeout.
     *
     * @param nowNs session clock
     * @param sink is told of each
     */
    public void onDeadline(long nowNs, PathSink sink) {
        if (nowNs < deadlineNs) {
            return;
        }
        deadlineNs = SessionTime.NEVER;
        for (int path = 0; path < end; path++) {
            PathRow row = rows[path];
            if (row == null || row.state != State.UP) {
                continue;
            }
            if (isUp(nowNs, row)) {
                deadlineNs = Math.min(deadlineNs, after(row.lastHeardNs, sessionTimeoutNs));
            } else {
                row.state = State.DOWN;
                sink.pathDown(path);
            }
        }
    }

    private boolean isAlive(long nowNs, PathRow row) {
        return row.state == State.NEW || isUp(nowNs, row);
    }

    private boolean isUp(long nowNs, PathRow row) {
        return row.state == State.UP && nowNs < after(row.lastHeardNs, sessionTimeoutNs);
    }

    private boolean isStalled(long nowNs, PathRow row) {
        return nowNs >= after(row.lastHeardNs, stallNs);
    }

    private boolean isReachable(long nowNs, PathRow row) {
        return row.state == State.NEW
                || (row.state != State.LEFT
                        && nowNs < after(after(row.lastHeardNs, sessionTimeoutNs), keepCopiesNs));
    }

    private static boolean heardLater(PathRow row, PathRow other) {
        return row.state != State.NEW
                && (other.state == State.NEW || row.lastHeardNs > other.lastHeardNs);
    }

    private static long after(long fromNs, long spanNs) {
        return spanNs >= SessionTime.NEVER - fromNs ? SessionTime.NEVER : fromNs + spanNs;
    }

    private PathRow row(int path) {
        PathRow row = path >= 0 && path < rows.length ? rows[path] : null;
        if (row == null) {
            throw new IllegalArgumentException("no path " + path);
        }
        return row;
    }

    private static void requireWeight(int weight) {
        if (weight < 0) {
            throw new IllegalArgumentException("weight " + weight + " is outside 0..2147483647");
        }
    }
}
