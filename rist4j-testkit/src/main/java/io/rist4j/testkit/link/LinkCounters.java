package io.rist4j.testkit.link;

/**
 * What one direction of a link did. {@code entered + duplicated = lost + lostInOutage + overflowed
 * + left}.
 *
 * @param entered datagrams offered
 * @param enteredBytes their bytes
 * @param lost datagrams lost at random or in a burst
 * @param lostInOutage datagrams lost because the link was dead
 * @param overflowed datagrams that found the queue of the rate limit full
 * @param duplicated datagrams of which a second copy was made
 * @param left copies that left, or are on their way
 * @param leftBytes their bytes
 */
public record LinkCounters(
        long entered,
        long enteredBytes,
        long lost,
        long lostInOutage,
        long overflowed,
        long duplicated,
        long left,
        long leftBytes) {
    /** Nothing happened yet. */
    public static final LinkCounters NONE = new LinkCounters(0, 0, 0, 0, 0, 0, 0, 0);

    /** Share of the datagrams that the link lost by its own decision, 0..1; 0 without datagrams. */
    public double lossShare() {
        return entered == 0 ? 0 : (double) (lost + lostInOutage + overflowed) / entered;
    }
}
