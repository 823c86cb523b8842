package io.rist4j.net;

/**
 * Estimates how many datagrams come to one port, and how often they would wake a thread that waits
 * for each of them.
 *
 * <p>The latter is fewer than the datagrams themselves where they come in bursts. A port with
 * kernel timestamps shows the bursts always; without, they are learned in rounds that waited for an
 * arrival, and assumed in rounds that let arrivals gather.
 */
final class ArrivalMeter {
    /** Arrivals within this time after a wake-up are read by the same wake-up, in ns. */
    static final long EVENT_NS = 30_000;

    /** How far back the estimate looks, in ns. */
    static final double MEMORY_NS = 20_000_000;

    private final boolean stamped;
    private long eventStartNs = Long.MIN_VALUE / 2;
    private int events;
    private int datagrams;
    private double datagramsPerEvent = 1;
    private double eventsPerNs;
    private double datagramsPerNs;
    private double lastEvents;
    private int lastDatagrams;
    private long asOfNs;

    /**
     * @param stamped whether arrival times are the kernel's
     */
    ArrivalMeter(boolean stamped) {
        this.stamped = stamped;
    }

    void onArrival(long arrivalNs) {
        datagrams++;
        if (arrivalNs - eventStartNs >= EVENT_NS) {
            eventStartNs = arrivalNs;
            events++;
        }
    }

    /**
     * Ends a round of the pump. May be left out for rounds in which nothing came.
     *
     * @param nowNs the end of the round
     * @param elapsedNs since the end of the last round
     * @param gathered whether the round began with gathering
     */
    void endRound(long nowNs, long elapsedNs, boolean gathered) {
        long leftOutNs = nowNs - elapsedNs - asOfNs;
        if (leftOutNs > 0) {
            double left = Math.exp(-leftOutNs / MEMORY_NS);
            eventsPerNs *= left;
            datagramsPerNs *= left;
        }
        asOfNs = nowNs;
        lastEvents = stamped ? events : unstampedEvents(gathered);
        lastDatagrams = datagrams;
        eventsPerNs = (eventsPerNs * MEMORY_NS + lastEvents) / (MEMORY_NS + elapsedNs);
        datagramsPerNs = (datagramsPerNs * MEMORY_NS + datagrams) / (MEMORY_NS + elapsedNs);
        events = 0;
        datagrams = 0;
    }

    /** Wake-ups that the arrivals of the last round would have caused. */
    double lastEvents() {
        return lastEvents;
    }

    /** Datagrams of the last round. */
    int lastDatagrams() {
        return lastDatagrams;
    }

    private double unstampedEvents(boolean gathered) {
        if (datagrams == 0) {
            return 0;
        }
        if (gathered) {
            return Math.max(1, datagrams / datagramsPerEvent);
        }
        datagramsPerEvent += (datagrams - datagramsPerEvent) / 16;
        return 1;
    }

    /** How many wake-ups arrivals would cause, per ns. */
    double eventsPerNs() {
        return eventsPerNs;
    }

    /** How many datagrams arrive, per ns. */
    double datagramsPerNs() {
        return datagramsPerNs;
    }

    boolean isStamped() {
        return stamped;
    }
}
