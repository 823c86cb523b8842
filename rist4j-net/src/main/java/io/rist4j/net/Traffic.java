package io.rist4j.net;

import io.rist4j.core.time.SessionTime;

import java.util.ArrayList;
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

    /** Ports with traffic of their own. */
    private final List<PumpSource> talkers = new ArrayList<>();

    /** What came to all ports: measured at once, for it is the sum of what each would measure. */
    private double allEventsPerNs;

    private double allDatagramsPerNs;

    /** What holds for every port that is open. */
    private long leastUnreadNs = SessionTime.NEVER;

    private boolean allStamped = true;

    private double eventsPerNs;
    private double datagramsPerNs;
    private long patienceNs;
    private boolean stamped;

    /** Other ports are open from now on. */
    void onPorts(PumpSource[] ports) {
        leastUnreadNs = SessionTime.NEVER;
        allStamped = true;
        for (PumpSource port : ports) {
            leastUnreadNs = Math.min(leastUnreadNs, port.mostUnreadNs());
            allStamped &= port.meter().isStamped();
        }
    }

    /**
     * Ends a round of the pump. Ports to which nothing comes cost nothing.
     *
     * @param came ports to which something came in it
     * @param nowNs the end of the round
     * @param elapsedNs since the end of the last round
     * @param gathered whether the round began with gathering
     */
    void endRound(List<PumpSource> came, long nowNs, long elapsedNs, boolean gathered) {
        double events = 0;
        double datagrams = 0;
        int talkersBefore = talkers.size();
        for (int i = 0; i < came.size(); i++) {
            PumpSource port = came.get(i);
            if (!port.isTalker()) {
                ArrivalMeter meter = port.meter();
                meter.endRound(nowNs, elapsedNs, gathered);
                events += meter.lastEvents();
                datagrams += meter.lastDatagrams();
                if (meter.eventsPerNs() >= LEAST_EVENTS_PER_NS && !port.isClosed()) {
                    port.setTalker(true);
                    talkers.add(port);
                }
            }
        }
        for (int i = talkersBefore - 1; i >= 0; i--) {
            PumpSource port = talkers.get(i);
            ArrivalMeter meter = port.meter();
            meter.endRound(nowNs, elapsedNs, gathered);
            events += meter.lastEvents();
            datagrams += meter.lastDatagrams();
            if (meter.eventsPerNs() < LEAST_EVENTS_PER_NS || port.isClosed()) {
                port.setTalker(false);
                talkers.set(i, talkers.getLast());
                talkers.removeLast();
            }
        }
        double memoryNs = ArrivalMeter.MEMORY_NS;
        allEventsPerNs = (allEventsPerNs * memoryNs + events) / (memoryNs + elapsedNs);
        allDatagramsPerNs = (allDatagramsPerNs * memoryNs + datagrams) / (memoryNs + elapsedNs);
    }

    /**
     * Takes the measure of what has come lately.
     *
     * @param nowNs the present
     * @param tasks of the pump
     * @param signals work that other threads told of
     * @param mostNs upper bound of {@link #patienceNs}
     */
    void measure(long nowNs, Roster tasks, ArrivalMeter signals, long mostNs) {
        eventsPerNs = allEventsPerNs + signals.eventsPerNs();
        datagramsPerNs = allDatagramsPerNs + signals.datagramsPerNs();
        stamped = true;
        long limitNs = mostNs;
        boolean anybody = false;
        boolean ownerless = signals.eventsPerNs() > LEAST_EVENTS_PER_NS;
        double restEventsPerNs = allEventsPerNs;
        for (int i = 0; i < talkers.size(); i++) {
            PumpSource port = talkers.get(i);
            ArrivalMeter meter = port.meter();
            restEventsPerNs -= meter.eventsPerNs();
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
        if (restEventsPerNs >= LEAST_EVENTS_PER_NS) { // many of whom each has little
            stamped &= allStamped;
            limitNs = Math.min(limitNs, leastUnreadNs);
            ownerless = true;
        }
        if (ownerless) {
            long taskNs = tasks.leastGatherNs(nowNs); // one that allows none has no arrivals
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
