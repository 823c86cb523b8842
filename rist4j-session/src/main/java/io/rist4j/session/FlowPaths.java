package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;

/** Which paths bring a receiver's flow, are asked for its packets and told how it fares. */
interface FlowPaths {
    /** The path that a request takes, or -1. */
    int forRequest(long nowNs, int attempt);

    /** Whether a path brings the flow: what its sender reports counts. */
    boolean brings(Path path);

    /** Whether a path may bring the flow: it is told how the flow fares. */
    boolean concerns(Path path);

    /** Another flow begins in this place. */
    void onFlowStarted();

    /** A packet of the flow came on a path. */
    void onBrought(Path path, MediaPacket packet);

    /**
     * Where the flow's media comes from inside a tunnel; 0 where its control does not go by that,
     * or nobody knows.
     */
    int sourcePort();

    /** Where it goes to inside a tunnel, or 0. */
    int destinationPort();

    /** A row was freed. */
    void onPathRemoved(int row);
}
