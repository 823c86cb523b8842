package io.rist4j.net;

/**
 * Decides whether the pump waits for each arrival or lets arrivals gather.
 *
 * <p>A wake-up costs about the same whether a timer or an arrival causes it (35 to 70 µs of CPU on
 * an otherwise idle virtual machine, with what the sender of the arrival pays for it; a batched
 * packet costs 2). So a wake-up for a deadline that is close takes in what has arrived by then, and
 * where no deadline is close, gathering pays as soon as one timer replaces clearly more than one
 * arrival. Below that, waiting for each arrival is as cheap and prompter.
 */
final class WaitPolicy {
    /** Gathering begins when a timer is expected to replace so many wake-ups. */
    static final double BEGIN_EVENTS = 1.5;

    /** Gathering ends when a timer is expected to replace fewer. */
    static final double END_EVENTS = 1.2;

    /** Without timestamps gathering hides bursts: so many gathers, then a few plain waits. */
    static final int GATHERS_BETWEEN_LOOKS = 100;

    private static final int LOOKS = 4;

    private boolean pays;
    private boolean gathering;
    private int gathers;

    /**
     * How long to let arrivals gather now.
     *
     * @param traffic what is expected to arrive, and how long it may wait
     * @param untilWakeNs how long the deadlines allow to wait, above 0
     * @return ns to gather, at most {@code untilWakeNs}; 0 to wait for the next arrival
     */
    long gatherNs(Traffic traffic, long untilWakeNs) {
        long patienceNs = traffic.patienceNs();
        pays = traffic.eventsPerNs() * patienceNs >= (pays ? END_EVENTS : BEGIN_EVENTS);
        gathering = pays || untilWakeNs <= patienceNs;
        if (!gathering) {
            gathers = 0;
            return 0;
        }
        gathers = gathers == GATHERS_BETWEEN_LOOKS + LOOKS ? 1 : gathers + 1;
        boolean looks = !traffic.isStamped() && gathers > GATHERS_BETWEEN_LOOKS;
        return looks ? 0 : Math.min(patienceNs, untilWakeNs);
    }

    boolean isGathering() {
        return gathering;
    }
}
