package io.rist4j.net;

import java.util.Map;

/**
 * What a pump did since it started. Wake-ups are its largest cost.
 *
 * @param provider name of the kind of port it uses
 * @param rounds turns of its loop
 * @param awaits waits that an arrival would have ended
 * @param gathers waits that let arrivals gather
 * @param gathering whether arrivals gather at present
 * @param arrivalEventsPerSecond how often arrivals would wake a thread that waits for each, as
 *     estimated at present
 * @param datagramsReceived datagrams handed over to handlers
 * @param commands commands run
 * @param deadlinesServed calls of {@link PumpTask#onDeadline}
 * @param failures tasks, handlers and commands that threw
 * @param stalls times that a task kept a deadline in the past and was slowed down
 * @param busyNs time outside waits, in ns
 * @param waitNs time inside waits, in ns
 * @param wakeUps how often it woke up for which reason: that of a deadline ({@link
 *     io.rist4j.core.time.Wake#reason}), "arrival", "gathered arrivals", or "call" of another
 *     thread
 */
public record PumpStats(
        String provider,
        long rounds,
        long awaits,
        long gathers,
        boolean gathering,
        double arrivalEventsPerSecond,
        long datagramsReceived,
        long commands,
        long deadlinesServed,
        long failures,
        long stalls,
        long busyNs,
        long waitNs,
        Map<String, Long> wakeUps) {}
