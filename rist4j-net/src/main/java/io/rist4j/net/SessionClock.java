package io.rist4j.net;

/**
 * The clock of a pump: monotonic ns since the pump started, and how it relates to the wall clock.
 */
public interface SessionClock {
    /** Now, in ns; 0 when the pump started. */
    long nowNs();

    /** Wall-clock time in ns since 1970 minus {@link #nowNs}, measured lately. */
    long wallOffsetNs();
}
