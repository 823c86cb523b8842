package io.rist4j.core.time;

/**
 * Constants of the session clock: nanoseconds as a {@code long}, 0 when the host started,
 * monotonic.
 *
 * <p>Because the clock starts at 0, plain comparison and {@link Math#min} are safe, and {@link
 * #NEVER} is later than any instant.
 */
public final class SessionTime {
    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Nanoseconds in one millisecond. */
    public static final long MILLISECOND = 1_000_000L;

    /** Nanoseconds in one second. */
    public static final long SECOND = 1_000_000_000L;

    private SessionTime() {}
}
