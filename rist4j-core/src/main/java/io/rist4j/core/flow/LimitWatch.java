package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

import java.util.EnumMap;
import java.util.Map;

/**
 * Notices that a bound cut recovery, from counters that only grow: at once when it begins, and
 * while it goes on every {@link #EVERY_NS}. Not thread-safe; allocation-free.
 */
public final class LimitWatch {
    /** How often a bound is told while it goes on cutting. */
    public static final long EVERY_NS = 10 * SessionTime.SECOND;

    private static final class Told {
        long packets;
        long atNs;
    }

    private final Map<FlowLimit, Told> told = new EnumMap<>(FlowLimit.class);

    /** Takes what is to be told. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A bound cuts.
         *
         * @param limit which
         * @param packets how many packets it cost since this was told last
         */
        void limitReached(FlowLimit limit, long packets);
    }

    /** Nothing was cut yet. */
    public LimitWatch() {
        for (FlowLimit limit : FlowLimit.values()) {
            told.put(limit, new Told());
        }
    }

    /**
     * Takes a look at a sender's flow.
     *
     * @param nowNs session clock
     * @param flow the flow
     * @param sink is told
     */
    public void look(long nowNs, SenderFlow flow, Sink sink) {
        SenderCounters c = flow.counters();
        check(nowNs, FlowLimit.RETRANSMISSION_RATE, c.bandwidthSkipped(), sink);
        check(nowNs, FlowLimit.REPETITIONS, c.exhaustedSkipped(), sink);
        check(nowNs, FlowLimit.REQUESTS, c.excessSkipped(), sink);
        check(nowNs, FlowLimit.HISTORY_MEMORY, c.evictedForMemory(), sink);
        check(nowNs, FlowLimit.HISTORY_NUMBERS, c.evictedForNumbers(), sink);
    }

    /**
     * Takes a look at a receiver's flow.
     *
     * @param nowNs session clock
     * @param counters what it counted
     * @param sink is told
     */
    public void look(long nowNs, ReceiverCounters counters, Sink sink) {
        check(nowNs, FlowLimit.BUFFER_MEMORY, counters.earlyForMemory, sink);
        check(nowNs, FlowLimit.BUFFER_NUMBERS, counters.earlyForNumbers, sink);
        check(nowNs, FlowLimit.REQUEST_NUMBERS, counters.unaskable, sink);
        check(nowNs, FlowLimit.RETURN_RATE, counters.requestsSuppressed, sink);
    }

    private void check(long nowNs, FlowLimit limit, long count, Sink sink) {
        Told last = told.get(limit);
        if (last == null || count == last.packets) {
            return;
        }
        if (last.packets == 0 || nowNs - last.atNs >= EVERY_NS) {
            long packets = count - last.packets;
            last.packets = count;
            last.atNs = nowNs;
            sink.limitReached(limit, packets);
        }
    }
}
