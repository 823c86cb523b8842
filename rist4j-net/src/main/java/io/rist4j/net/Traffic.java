package io.rist4j.net;

import io.rist4j.core.time.SessionTime;

import java.util.List;

/**
 * What reaches a pump at present, and how long it may lie unread. Of the pump's thread; measured
 * before each wait.
 */
final class Traffic {
    /**
     * A port with more arrivals than this has traffic, and a say in the rest: 100 events a second.
     */
    static final double LEAST_EVENTS_PER_NS = 100e-9;

    /** Without kernel timestamps gathering shifts the media clock; so long at most, in ns. */
    static final long UNSTAMPED_NS = SessionTime.MILLISECOND / 2;

    /** However much comes, a wake-up every so many ns costs little beside it. */
    static final long BUSY_NS = 2 * SessionTime.MILLISECOND;

    /**
     * Longer only as long as no more datagrams than these are expected meanwhile. What gathered
     * leaves as one burst, and a burst has to fit into the queues of the network's devices.
     */
    static final int FEW_DATAGRAMS = 8;

    /**
     * A socket's buffer lasts so many ns for each of its bytes while 1 Gb/s comes in, for a burst
     * can follow any calm: 11 µs for a datagram, for which the kernel books 2 304 bytes.
     */
    static final long SOCKET_NS_PER_BYTE = 5;

    private double eventsPerNs;
    private double datagramsPerNs;
    private long patienceNs;
    private boolean stamped;

    /**
     * Takes the measure of what has come lately.
     *
     * @param ports of the pump, those to which something came lately
     * @param tasks of the pump
     * @param signals work that other threads told of
     * @param mostNs upper bound of {@link #patienceNs}
     */
    void measure(List<PumpSource> ports, Roster tasks, ArrivalMeter signals, long mostNs) {
        eventsPerNs = signals.eventsPerNs();
        datagramsPerNs = signals.datagramsPerNs();
        stamped = true;
        long limitNs = mostNs;
        boolean anybody = false;
        boolean ownerless = eventsPerNs > LEAST_EVENTS_PER_NS;
        for (int i = 0; i < ports.size(); i++) {
            PumpSource port = ports.get(i);
            ArrivalMeter meter = port.meter();
            eventsPerNs += meter.eventsPerNs();
            datagramsPerNs += meter.datagramsPerNs();
            if (meter.eventsPerNs() < LEAST_EVENTS_PER_NS) {
                continue;
            }
            stamped &= meter.isStamped();
            limitNs = Math.min(limitNs, port.mostUnreadNs());
            PumpTask task = port.task();
            if (task == null) {
                ownerless = true;
            } else {
                limitNs = Math.min(limitNs, task.gatherNs());
                anybody = true;
            }
        }
        if (ownerless) {
            long taskNs = tasks.leastGatherNs(); // a task that allows none has no arrivals
            if (taskNs > 0) {
                limitNs = Math.min(limitNs, taskNs);
                anybody = true;
            }
        }
        patienceNs = anybody ? Math.max(0, calmly(limitNs)) : 0;
    }

    private long calmly(long limitNs) {
        if (limitNs <= BUSY_NS) {
            return limitNs;
        }
        long fewNs = (long) (FEW_DATAGRAMS / datagramsPerNs); // for ever when there are none
        return Math.max(BUSY_NS, Math.min(limitNs, fewNs));
    }

    /** How many wake-ups the arrivals would cause if each were waited for, per ns. */
    double eventsPerNs() {
        return eventsPerNs;
    }

    /**
     * How long arrivals may lie unread, in ns; 0 when there is no traffic, or a task forbids it.
     */
    long patienceNs() {
        return patienceNs;
    }

    /** Whether all ports with traffic have kernel timestamps. */
    boolean isStamped() {
        return stamped;
    }
}
