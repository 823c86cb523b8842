package io.rist4j;

import java.util.Locale;

/**
 * What happens when the queue between the application and the network thread is full. Whatever it
 * is, the session goes on, and what was dropped is counted in the statistics.
 */
public enum OverflowPolicy {
    /** The sending call waits for room. Senders only: media that arrives cannot wait. */
    BLOCK,
    /**
     * The packet at hand is dropped, and a {@link RistOverflowException} tells: a sender's from the
     * call that had no room, a receiver's from the next receiving call. The handle stays usable.
     */
    FAIL,
    /** The oldest queued packet makes room. */
    DROP_OLDEST,
    /** The packet at hand is dropped. */
    DROP_NEWEST;

    /** The name as written in a URL, for example {@code drop-oldest}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
