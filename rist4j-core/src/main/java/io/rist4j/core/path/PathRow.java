package io.rist4j.core.path;

/** One path of a {@link PathTable}: what is configured, what was heard. */
final class PathRow {
    /** Phases of a path. */
    enum State {
        /** Added, nothing heard yet: not dead. */
        NEW,
        /** Heard within the session timeout, as far as was checked. */
        UP,
        /** Silent for the session timeout. */
        DOWN,
        /** Its peer said goodbye. */
        LEFT
    }

    final RttEstimator rtt;
    final PathCounters counters = new PathCounters();
    int weight;
    int priority;

    /** Whether its peer has the flow's packets, so that requests may go there. */
    boolean serving = true;

    State state = State.NEW;
    long lastHeardNs;

    /** When it last came up. */
    long upSinceNs;

    PathRow(int weight, int priority, long rttInitialNs) {
        this.weight = weight;
        this.priority = priority;
        this.rtt = new RttEstimator(rttInitialNs);
    }
}
