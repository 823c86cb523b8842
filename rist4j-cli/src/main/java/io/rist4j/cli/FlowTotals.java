package io.rist4j.cli;

import io.rist4j.RistReceiverStats;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a receiver had of each flow since it began, as libRIST's {@code ristreceiver} prints it
 * behind each report: {@code flow_cumulative_stats}. A flow that comes back goes on where it was.
 *
 * <p>libRIST: the same fields, every flow for ever. Ours: the latest {@link #MOST_FLOWS}.
 */
final class FlowTotals {
    /** Flows that are remembered: whoever sends can take another id whenever he likes. */
    static final int MOST_FLOWS = 64;

    /** Sums over the intervals reported so far. */
    private record Total(long received, long recovered, long lost) {}

    private final Map<Integer, Total> totals = new LinkedHashMap<>();

    /** The totals of an interval's flow, this interval included, as JSON. */
    String after(RistReceiverStats interval) {
        return after(
                interval.flowId(),
                interval.receivedPackets(),
                interval.recoveredPackets(),
                interval.lostPackets());
    }

    /** The same, by its numbers. */
    String after(int flowId, long received, long recovered, long lost) {
        Total before = totals.remove(flowId);
        var total =
                before == null
                        ? new Total(received, recovered, lost)
                        : new Total(
                                before.received + received,
                                before.recovered + recovered,
                                before.lost + lost);
        totals.put(flowId, total);
        if (totals.size() > MOST_FLOWS) {
            totals.remove(totals.keySet().iterator().next());
        }
        return "{\"flow_cumulative_stats\":{\"flow_id\":"
                + Integer.toUnsignedLong(flowId)
                + ",\"received\":"
                + total.received
                + ",\"recovered\":"
                + total.recovered
                + ",\"lost\":"
                + total.lost
                + "}}";
    }
}
