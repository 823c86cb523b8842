package io.rist4j.net;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Why a pump woke up, and how often: a deadline's reason, or one of those here. Counted by the
 * pump's thread, read by any; reasons are constants of the program, so there are few.
 */
final class WakeUps {
    /** A datagram came. */
    static final String ARRIVAL = "arrival";

    /** What had gathered is read. */
    static final String GATHERED = "gathered arrivals";

    /** Another thread has a command, or work for a task. */
    static final String CALL = "call";

    private final Map<String, Counter> byReason = new ConcurrentHashMap<>();

    void count(String reason) {
        Counter counter = byReason.get(reason);
        if (counter == null) {
            counter = new Counter();
            byReason.put(reason, counter);
        }
        counter.increment();
    }

    /** How often for each reason so far. */
    Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        byReason.forEach((reason, counter) -> counts.put(reason, counter.get()));
        return Map.copyOf(counts);
    }
}
