package io.rist4j.net;

/**
 * Decides whether the pump waits for each arrival or lets arrivals gather.
 *
 * <p>A wake-up costs about the same whether a timer or an arrival causes it (35 to 70 µs of CPU on
 * an otherwise idle virtual machine, with what the sender of the arrival pays for it; a batched
 * packet costs 2), so gathering pays as soon as one timer replaces clearly more than one arrival.
 * Below that, waiting for each arrival is as cheap and prompter.
 */
final class WaitPolicy {
    /** Gathering begins when a timer is expected to replace so many wake-ups. */
    static final double BEGIN_EVENTS = 1.5;

    /** Gathering ends when a timer is expected to replace fewer. */
    static final double END_EVENTS = 1.2;

    /** Without timestamps gathering hides bursts: so many gathers, then a few plain waits. */
    static final int GATHERS_BETWEEN_LOOKS = 100;

    private static final int LOOKS = 4;

    private boolean gathering;
    private int gathers;

    /**
     * How long to let arrivals gather now.
     *
     * @param eventsPerNs expected arrivals that would wake the pump
     * @param limitNs how long they may wait; 0 forbids gathering
     * @param stamped whether all ports with traffic have kernel timestamps
     * @return ns to gather; 0 to wait for the next arrival
     */
    long gatherNs(double eventsPerNs, long limitNs, boolean stamped) {
        double expected = eventsPerNs * limitNs;
        gathering = expected >= (gathering ? END_EVENTS : BEGIN_EVENTS);
        if (!gathering) {
            gathers = 0;
            return 0;
        }
        gathers = gathers == GATHERS_BETWEEN_LOOKS + LOOKS ? 1 : gathers + 1;
        return !stamped && gathers > GATHERS_BETWEEN_LOOKS ? 0 : limitNs;
    }

    boolean isGathering() {
        return gathering;
    }
}
