package io.rist4j.core.flow;

/**
 * How a sender protects a crowded network from its own retransmissions; libRIST's {@code
 * congestion-control}.
 */
public enum CongestionControl {
    /** Answers every request; only the slow averages count against the bitrate ceiling. */
    OFF,
    /**
     * Repeats a packet at most once per round trip; retransmissions count against the ceiling by
     * their fast average. The default.
     */
    NORMAL,
    /**
     * Repeats a packet at most once per two round trips; everything counts against the ceiling by
     * its fast average.
     */
    AGGRESSIVE
}
