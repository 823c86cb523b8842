package io.rist4j.testkit.simulation;

import java.util.List;

/**
 * What came of a scenario.
 *
 * @param scenario what was played
 * @param violations broken promises; empty when all is well
 * @param sent packets of the input
 * @param delivered packets that came out
 * @param lost packets that did not, from the first one that reached the receiver to the last
 * @param recovered packets that came out though their original was lost: delivered as a
 *     retransmission
 * @param retransmissions datagrams that the sender sent as retransmissions
 * @param mediaBytesOnWire bytes of all originals and retransmissions, headers of RTP included
 * @param requestDatagrams datagrams with requests that the receiver sent
 * @param requestedPackets packets that they asked for, repetitions included
 * @param promised packets that did not come with their original in time, of which the recovery was
 *     certain in practice: what the fourth invariant's second half looked at
 * @param endNs when the simulation ended, on the network's clock
 * @param digest of every datagram and delivery with its time: equal when two runs were equal
 */
public record SimulationResult(
        Scenario scenario,
        List<Violation> violations,
        int sent,
        int delivered,
        int lost,
        int recovered,
        long retransmissions,
        long mediaBytesOnWire,
        long requestDatagrams,
        long requestedPackets,
        int promised,
        long endNs,
        long digest) {
    /** Whether every promise was kept. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    /** Counts, then violations one by line, then the scenario. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("seed ").append(scenario.seed()).append(": ");
        text.append(delivered).append(" of ").append(sent).append(" packets delivered, ");
        text.append(lost).append(" lost, ").append(recovered).append(" recovered, ");
        text.append(retransmissions).append(" retransmissions, ");
        text.append(requestedPackets).append(" packets requested in ");
        text.append(requestDatagrams).append(" datagrams");
        for (Violation violation : violations) {
            text.append("\n! ").append(violation);
        }
        return text.append("\n").append(scenario).toString();
    }
}
